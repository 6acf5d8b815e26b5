#include "model/findings.hpp"

#include <gmock/gmock.h>

#include <limits>

namespace entente::detail {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

TEST(Findings, AreEmptyWhenEveryCheckPasses) {
  Findings findings;
  EXPECT_TRUE(findings.number("a", 1.0F, 0.0F, 1.0F));
  EXPECT_TRUE(findings.finite("a", -3e38F));
  EXPECT_TRUE(findings.positive("a", 1e-30F));
  EXPECT_TRUE(findings.whole("a", 3.0F, 0.0F, 3.0F));
  EXPECT_TRUE(findings.bounds("a", -infinity, infinity));
  EXPECT_TRUE(findings.size("a", 2, 2));
  EXPECT_TRUE(findings.below("a", 1, 2));
  findings.unique_names("a", {"x", "y"});
  findings.unique_numbers("a", "actor", {2, 1});
  EXPECT_EQ(findings.count(), 0U);
  EXPECT_THAT(findings.take(), IsEmpty());
}

TEST(Findings, SayWhatWasFoundAndWhatIsAllowed) {
  Findings findings;
  EXPECT_FALSE(findings.number("a", 1.5F, 0.0F, 1.0F));
  EXPECT_FALSE(findings.number("b", -1.0F, 0.0F, largest_float));
  EXPECT_FALSE(findings.finite("c", infinity));
  EXPECT_FALSE(findings.positive("d", 0.0F));
  EXPECT_FALSE(findings.whole("e", 0.5F, 0.0F, 3.0F));
  EXPECT_FALSE(findings.bounds("f", 1.0F, 0.5F));
  EXPECT_FALSE(findings.size("g", 3, 2));
  EXPECT_FALSE(findings.below("h", 2, 2));
  findings.unique_names("i", {"x", "", "x"});
  findings.unique_numbers("j", "actor", {2, 1, 2});
  EXPECT_THAT(
      findings.take(),
      ElementsAre("a: found 1.5; allowed: 0 to 1", "b: found -1; allowed: 0 or more",
                  "c: found inf; allowed: finite numbers", "d: found 0; allowed: above 0",
                  "e: found 0.5; allowed: whole numbers",
                  "f: found 1 to 0.5; allowed: a range that is not empty",
                  "g: found size 3; allowed: 2", "h: found 2; allowed: below 2",
                  "i: found an empty name; allowed: a name", "i: found 'x' twice; allowed: once",
                  "j: found actor 2 twice; allowed: once"));
}

TEST(Findings, RefuseWhatIsNotANumber) {
  Findings findings;
  EXPECT_FALSE(findings.number("a", nan, 0.0F, 1.0F));
  EXPECT_FALSE(findings.finite("a", nan));
  EXPECT_FALSE(findings.positive("a", nan));
  EXPECT_FALSE(findings.whole("a", nan, 0.0F, 1.0F));
  EXPECT_FALSE(findings.bounds("a", nan, 1.0F));
}

TEST(Text, WritesNumbersSoThatTheyCanBeReadBack) {
  EXPECT_EQ(text(0.1F), "0.100000001");
  EXPECT_EQ(text(-2.5F), "-2.5");
  EXPECT_EQ(text(std::uint8_t{7}), "7");
  EXPECT_EQ(item("events", 3), "events[3]");
}

}  // namespace
}  // namespace entente::detail
