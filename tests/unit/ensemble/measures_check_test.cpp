#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "entente/ensemble/measures.hpp"
#include "support/bare_world.hpp"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto engagement = LadderRole::engagement;
constexpr Stand recognised{0, LadderRole::recognition, 1};

std::vector<std::string> wrong(const MeasureKind& kind) {
  const std::vector<Measure> measures{{"x", kind}};
  return violations(test::bare_world(4, 10), measures);
}

TEST(MeasureViolations, AreNoneWhereAllIsWell) {
  EXPECT_THAT(wrong(CountMeasure{recognised, {0, 3}, {0, 9}}), IsEmpty());
  EXPECT_THAT(wrong(Outcome{0, engagement, 4, 9, 4, {}}), IsEmpty());
  EXPECT_THAT(wrong(ReachMeasure{recognised, {1}, 0, {}}), IsEmpty());
  EXPECT_THAT(wrong(CascadeMeasure{recognised, 8, {}, {}, {}}), IsEmpty());
  EXPECT_THAT(wrong(PolicyMeasure{0, 0, {}}), IsEmpty());
}

TEST(MeasureViolations, NameWhatTheModelDoesNotHave) {
  EXPECT_THAT(
      wrong(CountMeasure{{2, LadderRole::coercion, 3}, {1, 4}, {10}}),
      ElementsAre("x.authority: found 2; allowed: below 1", "x.rung: found 3; allowed: below 3",
                  "x.actors: found 4; allowed: below 4", "x.at: found 10; allowed: below 10"));
  EXPECT_THAT(wrong(Outcome{0, engagement, 1, 12, 1, {}}),
              ElementsAre("x.step: found 12; allowed: below 10"));
  EXPECT_THAT(wrong(PolicyMeasure{0, 1, {}}), ElementsAre("x.policy: found 1; allowed: below 1"));
  EXPECT_THAT(
      wrong(CascadeMeasure{recognised, 10, {}, {7}, {}}),
      ElementsAre("x.after: found 10; allowed: below 10", "x.leave_out: found 7; allowed: below 4",
                  "x.by: found 9; allowed: steps after 10"));
}

TEST(MeasureViolations, ListsAscendAndNameNothingTwice) {
  EXPECT_THAT(wrong(CountMeasure{recognised, {2, 1}, {3, 3}}),
              ElementsAre("x.actors: found 1 behind 2; allowed: ascending numbers",
                          "x.at: found 3 behind 3; allowed: ascending numbers"));
}

TEST(MeasureViolations, NumbersOfActorsAreThoseThatThereCanBe) {
  EXPECT_THAT(wrong(ArrivalMeasure{recognised, 3, {0, 1}}),
              ElementsAre("x.at_least: found 3; allowed: 1 to 2"));
  EXPECT_THAT(wrong(ArrivalMeasure{recognised, 0, {}}),
              ElementsAre("x.at_least: found 0; allowed: 1 to 4"));
  EXPECT_THAT(wrong(Outcome{0, engagement, 1, 0, 4, {1}}),
              ElementsAre("x.at_least: found 4; allowed: 1 to 3"));
  EXPECT_THAT(wrong(ReachMeasure{recognised, {0, 1}, 3, {}}),
              ElementsAre("x.at_least: found 3; allowed: 0 to 2"));
}

TEST(MeasureViolations, GroupsHaveMembersOfTheirOwn) {
  EXPECT_THAT(wrong(ReachMeasure{recognised, {}, 0, {}}),
              ElementsAre("x.actors: found nobody; allowed: one or more"));
  EXPECT_THAT(wrong(PolarisationMeasure{0, engagement, {}, {1}, {}}),
              ElementsAre("x.first: found nobody; allowed: one or more"));
  EXPECT_THAT(wrong(PolarisationMeasure{0, engagement, {0, 2}, {1, 2}, {}}),
              ElementsAre("x.second: found actor 2 of the first group; allowed: other actors"));
}

TEST(MeasureViolations, ACascadeEndsAfterItBegins) {
  EXPECT_THAT(wrong(CascadeMeasure{recognised, 4, {}, {}, {4, 6}}),
              ElementsAre("x.by: found 4; allowed: steps after 4"));
  EXPECT_THAT(wrong(CascadeMeasure{recognised, 9, {}, {}, {}}),
              ElementsAre("x.by: found 9; allowed: steps after 9"));
}

TEST(MeasureViolations, AlphaStaysWhereTheIndexMeasuresPolarisation) {
  EXPECT_THAT(wrong(DispersionMeasure{0, engagement, 1.7, {}, {}}),
              ElementsAre("x.alpha: found 1.7; allowed: 0 to 1.6"));
  EXPECT_EQ(
      wrong(DispersionMeasure{0, engagement, std::numeric_limits<double>::quiet_NaN(), {}, {}})
          .size(),
      1U);
}

TEST(MeasureViolations, SharesOfNothingAreRefused) {
  Model model = test::bare_world(4, 10);
  model.actors[2].importance = 0.0F;
  const std::vector<Measure> measures{{"x", ImportanceMeasure{recognised, {2}, {}}}};
  EXPECT_THAT(violations(model, measures),
              ElementsAre("x.actors: found none of any importance; allowed: actors of some "
                          "importance"));
}

TEST(MeasureViolations, NamesAreUniqueAndPlain) {
  const std::vector<Measure> measures{
      {"a", CountMeasure{}}, {"", CountMeasure{}}, {"a", CountMeasure{}}, {"b@c", CountMeasure{}}};
  EXPECT_THAT(violations(test::bare_world(4, 10), measures),
              ElementsAre("outcomes: found the name 'b@c'; allowed: letters, digits, '_' and '-'",
                          "outcomes: found an empty name; allowed: a name",
                          "outcomes: found 'a' twice; allowed: once"));
}

TEST(MeasureViolations, ARecorderSaysThemAll) {
  const std::vector<Measure> measures{{"a", CountMeasure{recognised, {9}, {}}},
                                      {"b", StateMeasure{3, AuthorityState::control, {}}}};
  try {
    const MeasureRecorder recorder(test::bare_world(4, 10), measures);
    FAIL() << "accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(),
                 "a.actors: found 9; allowed: below 4\nb.authority: found 3; allowed: below 1");
  }
}

}  // namespace
}  // namespace entente
