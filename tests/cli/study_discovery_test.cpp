#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planted_study.hpp"
#include "study_parts.hpp"
#include "study_words.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

using planted::factor;
using ::testing::Contains;
using ::testing::HasSubstr;

/// High where religion is above 6, alignment below 5 and the variant is none.
StudyTable world(const DesignKind& kind = SobolDesign{.points = 2048}) {
  return planted::table(
      kind,
      {factor("religion", Uniform{0.0, 10.0}), factor("alignment", Uniform{0.0, 10.0}),
       factor("variant", Choice{3}), factor("idle", Uniform{})},
      [](const auto& x) { return x[0] > 6.0 && x[1] < 5.0 && x[2] == 0.0 ? 9.0 : 1.0; },
      {{}, {}, {"none", "sanctions", "reform"}, {}});
}

TEST(StudyDiscovery, FindsThePlantedBox) {
  const auto findings = findings_of(world(), {.discover = {"y >= 5"}});
  ASSERT_EQ(findings.discoveries.size(), 1U);
  const auto& found = findings.discoveries[0];
  const Box& box = found.trajectory.boxes[found.chosen];
  EXPECT_NEAR(box.limits[0].low, 6.0, 0.3);
  EXPECT_NEAR(box.limits[1].high, 5.0, 0.3);
  EXPECT_EQ(box.limits[2].excluded, (std::vector<double>{1.0, 2.0}));
  EXPECT_FALSE(box.limits[3].restricts());
  EXPECT_GT(box.density, 0.9);
  EXPECT_GT(box.coverage, 0.9);
  for (const std::size_t i : {0U, 1U, 2U}) EXPECT_LT(box.quasi_p[i], 1e-6);
  const std::string text = discovery_text(findings, found);
  EXPECT_THAT(text, HasSubstr("religion at or above "));
  EXPECT_THAT(text, HasSubstr("alignment at or below "));
  EXPECT_THAT(text, HasSubstr("variant none"));
  EXPECT_EQ(found.clear->rows, box.rows);
}

TEST(StudyDiscovery, LooksAtAAndBOfSaltellisDesignOnly) {
  const auto table = world(SaltelliDesign{.base = 256});
  const auto findings = findings_of(table, {.discover = {"y >= 5"}});
  EXPECT_EQ(findings.discoveries[0].trajectory.rows, 512U);
}

TEST(StudyDiscovery, RefusesDesignsThatGoStepByStep) {
  auto table = world(MorrisDesign{.trajectories = 10});
  try {
    static_cast<void>(findings_of(table, {.discover = {"y >= 5"}}));
    FAIL() << "not refused";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("no sample of the space"));
  }
  // The study's own interests leave the rest of the answer.
  table.head.analysis.discover = {{"y", "mean", 5.0, {}}};
  const auto findings = findings_of(table, {});
  EXPECT_TRUE(findings.outputs[0].morris);
  EXPECT_THAT(findings.discoveries[0].refusal, HasSubstr("no sample of the space"));
  EXPECT_THAT(findings_text(findings, 10), HasSubstr("Refused: found the design morris"));
}

TEST(StudyDiscovery, TellsTheBoxThatIsAskedFor) {
  const auto table = world();
  const auto knee = findings_of(table, {.discover = {"y >= 5"}}).discoveries[0];
  const auto findings = findings_of(table, {.discover = {"y >= 5"}, .box = 1});
  EXPECT_EQ(findings.discoveries[0].chosen, 1U);
  EXPECT_EQ(findings.discoveries[0].knee, knee.chosen);
  EXPECT_THROW(static_cast<void>(findings_of(table, {.discover = {"y >= 5"}, .box = 100'000})),
               UsageError);
}

TEST(StudyDiscovery, SaysWhereThereIsNothingToFind) {
  const auto none = findings_of(world(), {.discover = {"y >= 50"}}).discoveries[0];
  EXPECT_EQ(none.chosen, 0U);
  EXPECT_THAT(none.notes, Contains(HasSubstr("no point has it")));
  const auto all = findings_of(world(), {.discover = {"y >= 0"}}).discoveries[0];
  EXPECT_THAT(all.notes, Contains(HasSubstr("all points have it")));
}

TEST(StudyDiscovery, BoxesMayBeAsSmallAsWhatIsRare) {
  const auto rare =
      planted::table(SobolDesign{.points = 4096}, {factor("x", Uniform{}), factor("z", Uniform{})},
                     [](const auto& x) { return x[0] > 0.9 && x[1] > 0.9 ? 1.0 : 0.0; });
  const auto found = findings_of(rare, {.discover = {"y >= 1"}}).discoveries[0];
  const Box& box = found.trajectory.boxes[found.chosen];
  EXPECT_LT(box.mass, 0.015);
  EXPECT_GT(box.density, 0.9);
  EXPECT_GT(box.coverage, 0.9);
}

TEST(StudyDiscovery, DoubtsLimitsThatMayBeChance) {
  const auto noise = planted::table(
      RandomDesign{.points = 200, .seed = 3},
      {factor("x", Uniform{}), factor("idle", Uniform{}), factor("other", Uniform{})},
      [](const auto& x) { return std::fmod(1e4 * x[1] + x[0], 1.0) < 0.1 ? 1.0 : 0.0; });
  const auto found = findings_of(noise, {.discover = {"y >= 1"}}).discoveries[0];
  EXPECT_THAT(found.notes, Contains(HasSubstr("may be chance")));
  const Box& box = found.trajectory.boxes[found.chosen];
  ASSERT_TRUE(found.clear);
  EXPECT_LT(found.clear->restricted, box.restricted);
  EXPECT_GE(found.clear->rows, box.rows);
  for (std::size_t i = 0; i < box.limits.size(); ++i) {
    if (!found.clear->limits[i].restricts()) continue;
    EXPECT_LE(found.clear->quasi_p[i], 0.05);
    EXPECT_EQ(found.clear->limits[i].low, box.limits[i].low);
  }
}

TEST(StudyDiscovery, SharesNeedNoLimit) {
  const auto shares = planted::table(SobolDesign{.points = 512}, {factor("x", Uniform{})},
                                     [](const auto& x) { return x[0] > 0.7 ? 0.8 : 0.1; });
  const auto findings = findings_of(shares, {.discover = {"y"}});
  const auto& found = findings.discoveries[0];
  EXPECT_TRUE(found.shares);
  const Box& box = found.trajectory.boxes[found.chosen];
  EXPECT_NEAR(box.density, 0.8, 0.01);
  EXPECT_NEAR(box.limits[0].low, 0.7, 0.01);
  EXPECT_THROW(static_cast<void>(findings_of(world(), {.discover = {"y"}})), UsageError);
}

TEST(ReadInterest, KnowsOutputsStatisticsAndLimits) {
  StudyHead head;
  head.outputs = {{"y@2030-12", "", ""}, {"arrival.reached", "", ""}};
  head.statistics = {"mean", "q95"};
  const Interest plain{"y@2030-12", "mean", 5.0, {}};
  EXPECT_EQ(read_interest("y@2030-12 >= 5", head), plain);
  EXPECT_EQ(read_interest("  y@2030-12>=5 ", head), plain);
  const Interest quantile{"y@2030-12", "q95", {}, -0.5};
  EXPECT_EQ(read_interest("y@2030-12.q95 <= -0.5", head), quantile);
  const Interest reached{"arrival.reached", "mean", {}, {}};
  EXPECT_EQ(read_interest("arrival.reached", head), reached);
  const Interest both{"arrival.reached", "q95", 1.0, {}};
  EXPECT_EQ(read_interest("arrival.reached.q95 >= 1", head), both);
  for (const std::string wrong : {"", "y", "y@2030-12 >= many", "y@2030-12 >=",
                                  "y@2030-12.q50 >= 1", "y@2030-12 >= 1 2", "y@2030-12 > 5"}) {
    EXPECT_THROW(static_cast<void>(read_interest(wrong, head)), UsageError) << wrong;
  }
}

TEST(LimitsText, ReadsAsWords) {
  const StudyFactor number{"religion", {}, "", "", "", {}};
  const StudyFactor choice{"variant", {}, "", "", "", {"none", "sanctions", "reform"}};
  constexpr double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(limits_text(number, {8.1, inf, {}}, false), "religion at or above 8.1");
  EXPECT_EQ(limits_text(number, {-inf, 4.9, {}}, false), "religion at or below 4.9");
  EXPECT_EQ(limits_text(number, {2.5, 4.5, {}}, false), "religion from 2.5 to 4.5");
  EXPECT_EQ(limits_text(number, {2.5, 4.5, {}}, true), "religion from 3 to 4");
  EXPECT_EQ(limits_text(number, {2.5, 3.5, {}}, true), "religion 3");
  EXPECT_EQ(limits_text(choice, {-inf, inf, {1.0, 2.0}}, true), "variant none");
  EXPECT_EQ(limits_text(choice, {-inf, inf, {1.0}}, true), "variant not sanctions");
}

}  // namespace
}  // namespace entente::cli
