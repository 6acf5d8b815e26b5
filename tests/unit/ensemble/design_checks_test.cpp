#include "ensemble/design_checks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "entente/ensemble/design.hpp"

namespace entente {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(StudyDesign, RefusesOptionsThatNoDesignHas) {
  EXPECT_THAT(violations(GridDesign{{3, 4}, {}}, 3),
              ElementsAre("levels: found 2 numbers; allowed: 1 or 3, one per factor"));
  EXPECT_THAT(violations(GridDesign{{0, 4}, {}}, 2), ElementsAre(HasSubstr("levels[0]: found 0")));
  EXPECT_THAT(violations(GridDesign{{10}, {}}, 10),
              ElementsAre("levels: found more than 2^32 combinations; allowed: 2^32 or fewer"));
  EXPECT_THAT(violations(ListDesign{{1.0, 2.0, 3.0}}, 2),
              ElementsAre("values: found 3 numbers; allowed: rows of 2 numbers, one or more"));
  EXPECT_THAT(violations(ListDesign{{1.0, std::nan("")}}, 1),
              ElementsAre("values[1][0]: found nan; allowed: finite numbers"));
  EXPECT_THAT(violations(RandomDesign{0, 1}, 2), ElementsAre(HasSubstr("points: found 0")));
  EXPECT_THAT(violations(MorrisDesign{4, 5, 3, 1}, 2),
              ElementsAre(HasSubstr("levels: found 5; allowed: even numbers"),
                          HasSubstr("candidates: found 3; allowed: 0 (all as drawn)")));
  EXPECT_THAT(violations(LatinDesign{5, LatinDesign::Criterion::exchange, 0, false, 1}, 2),
              ElementsAre(HasSubstr("tries: found 0")));
  EXPECT_THAT(violations(RandomDesign{4, 1}, 0), ElementsAre(HasSubstr("factors: found 0")));
}

TEST(StudyDesign, RefusesMoreThanTheSobolSequenceHas) {
  EXPECT_THAT(violations(SobolDesign{4, Scramble::owen, 0, 1}, 3667), IsEmpty());
  EXPECT_THAT(violations(SaltelliDesign{4, false, Scramble::owen, 0, 1}, 1834),
              ElementsAre(HasSubstr("found 3668 columns")));
  constexpr std::size_t most = std::size_t{1} << 32;
  EXPECT_THAT(violations(SobolDesign{most, Scramble::owen, 0, 1}, 2), IsEmpty());
  EXPECT_THAT(violations(SobolDesign{most, Scramble::owen, 1, 1}, 2),
              ElementsAre("skip: found 1; allowed: 0 to 0"));
  EXPECT_THAT(violations(SaltelliDesign{most / 4 + 1, false, Scramble::owen, 0, 1}, 2),
              ElementsAre(HasSubstr("base: found")));
}

TEST(StudyDesign, RefusesOneAtATimeOutsideItsCoordinates) {
  OneAtATimeDesign kind{{0.5}, {-0.1}, {1.1, 0.9}, 1, Coordinates::cube};
  EXPECT_THAT(violations(kind, 2),
              ElementsAre(HasSubstr("steps: found 1"), HasSubstr("low[0]: found -0.1"),
                          HasSubstr("high[0]: found 1.1")));
  kind.coordinates = Coordinates::values;
  EXPECT_THAT(violations(kind, 2), ElementsAre(HasSubstr("steps: found 1")));
  EXPECT_THROW(StudyDesign(kind, 2), std::invalid_argument);
}

TEST(StudyDesign, WarnsWhereASobolSequenceIsOutOfBalance) {
  EXPECT_THAT(warnings(SobolDesign{64, Scramble::owen, 0, 1}), IsEmpty());
  EXPECT_THAT(warnings(SobolDesign{64, Scramble::owen, 128, 1}), IsEmpty());
  EXPECT_THAT(warnings(SobolDesign{100, Scramble::owen, 0, 1}),
              ElementsAre(HasSubstr("100 is no power of 2, so the Sobol sequence is cut off out of "
                                    "balance; next ones: 64 and 128")));
  EXPECT_THAT(warnings(SaltelliDesign{64, false, Scramble::owen, 1, 1}),
              ElementsAre(HasSubstr("skip: 1 is no multiple of the 64 points")));
}

TEST(StudyDesign, WarnsOfChosenTrajectories) {
  EXPECT_THAT(warnings(MorrisDesign{4, 4, 0, 1}), IsEmpty());
  EXPECT_THAT(warnings(MorrisDesign{4, 4, 20, 1}), ElementsAre(HasSubstr("no random sample")));
}

TEST(StudyDesign, WarnsOfTooFewExchanges) {
  using enum LatinDesign::Criterion;
  EXPECT_THAT(warnings(LatinDesign{20, exchange, 200, false, 1}), IsEmpty());
  EXPECT_THAT(warnings(LatinDesign{20, best_of, 100, false, 1}), IsEmpty());
  EXPECT_THAT(warnings(LatinDesign{20, exchange, 100, false, 1}),
              ElementsAre("tries: 100 exchanges hardly move 20 points"));
}

TEST(StudyDesign, DoesNotSuitUnboundedFactorsAtTheEnds) {
  const FactorSpace space({{"a", Normal{}}, {"b", Uniform{}}});
  EXPECT_THAT(violations(StudyDesign(MorrisDesign{4, 4, 0, 1}, 2), space),
              ElementsAre(HasSubstr("a: found an unbounded factor in a design (morris)")));
  EXPECT_THAT(violations(StudyDesign(SobolDesign{4, Scramble::owen, 0, 1}, 2), space), IsEmpty());
  EXPECT_THAT(violations(StudyDesign(SobolDesign{4, Scramble::owen, 0, 1}, 3), space),
              ElementsAre("factors: found a design for 3; allowed: one for 2"));
}

TEST(StudyDesign, DoesNotSuitFactorsThatCannotHaveItsValues) {
  const FactorSpace space({{"rate", Uniform{0.0, 1.0}}, {"kind", Choice{3}}});
  const StudyDesign list(ListDesign{{0.5, 2.0, 1.5, 1.5, 2.5, 3.0}}, 2);
  EXPECT_THAT(
      violations(list, space),
      ElementsAre("rate: found 1.5 in row 1 and 1 more; allowed: 0 to 1",
                  "kind: found 1.5 in row 1 and 1 more; allowed: whole numbers from 0 to 2"));
}

TEST(StudyDesign, WarnsOfWhatItCannotShow) {
  const FactorSpace space({{"kind", Choice{5}}, {"b", BlockPlace{0, 0}}}, {{{0.0}, {1.0}}});
  const StudyDesign grid(GridDesign{{4, 9}, {}}, 2);
  EXPECT_THAT(warnings(grid, space), ElementsAre("kind: 4 levels cannot show all its 5 values"));
  const StudyDesign saltelli(SaltelliDesign{4, false, Scramble::owen, 0, 1}, 2);
  EXPECT_THAT(warnings(saltelli, space), ElementsAre(HasSubstr("depend on each other")));
}

TEST(Combinations, SaturateAboveWhatIsAllowed) {
  EXPECT_EQ(detail::combinations({3}, 4), 81U);
  EXPECT_EQ(detail::combinations({2, 5}, 2), 10U);
  EXPECT_EQ(detail::combinations({65536}, 2), std::uint64_t{1} << 32);
  EXPECT_EQ(detail::combinations({65536}, 100), (std::uint64_t{1} << 32) + 1);
}

}  // namespace
}  // namespace entente
