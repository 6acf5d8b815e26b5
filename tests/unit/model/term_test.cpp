#include "entente/model/term.hpp"

#include <gtest/gtest.h>

#include <set>

namespace entente {
namespace {

TEST(Driver, HasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (std::size_t d = 0; d < driver_count; ++d) names.insert(to_string(static_cast<Driver>(d)));
  EXPECT_EQ(names.size(), driver_count);
  EXPECT_EQ(to_string(Driver::security), "security");
  EXPECT_EQ(to_string(Driver::mediation), "mediation");
  EXPECT_EQ(to_string(Driver::capability), "capability");
}

TEST(Driver, EndsWithTheWeights) {
  EXPECT_EQ(static_cast<std::size_t>(Driver::capability) + 1, driver_count);
}

TEST(LadderSet, ContainsWhatItWasMadeFrom) {
  constexpr LadderSet set{LadderRole::engagement, LadderRole::coercion};
  EXPECT_TRUE(set.contains(LadderRole::engagement));
  EXPECT_FALSE(set.contains(LadderRole::recognition));
  EXPECT_TRUE(set.contains(LadderRole::coercion));
  EXPECT_FALSE(LadderSet{}.contains(LadderRole::engagement));
}

TEST(TermInfo, FindsFieldsByName) {
  TermInfo info;
  info.fields = {{"coefficient", 1.0F, "utility", 0.0F, 50.0F, "strength"}};
  ASSERT_NE(info.field("coefficient"), nullptr);
  EXPECT_EQ(info.field("coefficient")->max, 50.0F);
  EXPECT_EQ(info.field("strength"), nullptr);
}

TEST(TermRegistry, FindsTermsByKey) {
  std::vector<TermInfo> table(2);
  table[0].key = "first";
  table[1].key = "second";
  const TermRegistry registry{table, {}};
  EXPECT_EQ(registry.find("second"), &table[1]);
  EXPECT_EQ(registry.find("third"), nullptr);
}

}  // namespace
}  // namespace entente
