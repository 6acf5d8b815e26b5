// The variants that come with the scenarios: each can be laid over its scenario, says why, and
// changes nothing before its first date.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>

#include "entente/ensemble/paired.hpp"
#include "entente/io/variant.hpp"
#include "entente/terms/registry.hpp"

namespace entente {
namespace {

using testing::IsEmpty;
using testing::Not;

const std::filesystem::path kScenarios = "scenarios";  // tests run in the root of the source

/// The first step at which anything differs in 64 pairs, as it is labelled.
std::string first_difference(const std::string& scenario, const std::string& variant) {
  const auto folder = kScenarios / scenario;
  const auto baseline = load_scenario(folder).model;
  const auto varied = load_variant(folder, {folder / "variants" / (variant + ".yaml"), {}, {}});
  const Simulation a(baseline, builtin_terms());
  const Simulation b(varied.scenario.model, builtin_terms());
  const std::array variants{&b};
  std::array comparisons{Comparison(baseline, varied.scenario.model)};
  Summary summary(baseline);
  PairedOptions options;
  options.replicates = 64;
  run_paired(a, variants, options, summary, comparisons);
  const auto step = comparisons[0].first_difference();
  return step ? baseline.calendar.label(*step) : "never";
}

TEST(ShippedVariants, LieOverTheirScenariosAndSayWhy) {
  for (const std::string name : {"afghanistan-2026", "kosovo-2008"}) {
    const auto files = variants_of(kScenarios / name);
    EXPECT_THAT(files, Not(IsEmpty())) << name;
    for (const auto& file : files) {
      SCOPED_TRACE(file.string());
      const auto [about, scenario] = load_variant(kScenarios / name, {file, {}, {}});
      EXPECT_THAT(about.title, Not(IsEmpty()));
      EXPECT_EQ(about.question.back(), '?');
      EXPECT_THAT(about.reasoning, Not(IsEmpty()));
      EXPECT_THAT(about.look_at, Not(IsEmpty()));
      EXPECT_THAT(about.sources, Not(IsEmpty()));
      EXPECT_TRUE(std::ranges::none_of(scenario.model.events,
                                       [](const Event& event) { return event.note.empty(); }));
    }
  }
}

TEST(ShippedVariants, ChangeNothingBeforeTheirFirstDate) {
  EXPECT_EQ(first_difference("afghanistan-2026", "china-recognises"), "2026-06");
  EXPECT_EQ(first_difference("afghanistan-2026", "russia-withdraws"), "2026-04");
  EXPECT_EQ(first_difference("afghanistan-2026", "rights-reform"), "2026-09");
  // Takes out an event that is in force from the first step on, and puts it back until then.
  EXPECT_GE(first_difference("afghanistan-2026", "reserves-released"), "2026-09");
  EXPECT_EQ(first_difference("kosovo-2008", "withdrawal-campaign"), "2010-10");
}

}  // namespace
}  // namespace entente
