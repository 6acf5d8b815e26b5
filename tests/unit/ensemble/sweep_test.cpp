#include "entente/ensemble/sweep.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "entente/core/error.hpp"
#include "entente/terms/registry.hpp"
#include "support/bare_world.hpp"

namespace entente {
namespace {

constexpr std::size_t actors = 6;

/// Everyone decides on recognition once, alone, with log-odds `odds`.
Model lonely_world(double odds) {
  Model model = test::bare_world(actors, 1);
  auto& recognition = model.ladders[index_of(LadderRole::recognition)];
  recognition.rate = 1e4F;
  recognition.baseline = {0.0F, static_cast<float>(odds)};
  model.terms = {{"baseline", {1.0F}}};
  return model;
}

std::vector<Measure> recognitions() { return {{"recognitions", CountMeasure{}}}; }

std::vector<PointResult> run(const PointModel& model_of, std::size_t first, std::size_t last,
                             SweepOptions options = {}) {
  std::vector<PointResult> results;
  run_points(model_of, builtin_terms(), recognitions(), rows_between(first, last), options,
             [&](PointResult result) { results.push_back(std::move(result)); });
  return results;
}

Model rising(std::size_t row) { return lonely_world(static_cast<double>(row) - 4.0); }

TEST(RunPoints, GivesEveryRowItsClosedForm) {
  SweepOptions options;
  options.replicates = 4000;
  const auto results = run(rising, 0, 9, options);
  ASSERT_EQ(results.size(), 9U);
  for (std::size_t row = 0; row < results.size(); ++row) {
    const double p = 1.0 / (1.0 + std::exp(4.0 - static_cast<double>(row)));
    const double variance = actors * p * (1.0 - p);
    EXPECT_EQ(results[row].row, row);
    EXPECT_TRUE(results[row].failure.empty());
    EXPECT_NEAR(results[row].values[0], actors * p, 5.0 * std::sqrt(variance / 4000.0));
    EXPECT_NEAR(results[row].values[1], variance, 0.15 * variance + 0.01);
    EXPECT_NEAR(results[row].values[2], std::sqrt(results[row].values[1] / 4000.0), 1e-12);
  }
}

TEST(RunPoints, NamesItsColumns) {
  const MeasureRecorder measures(lonely_world(0.0), recognitions());
  const auto names = sweep_columns(measures);
  EXPECT_EQ(names,
            (std::vector<std::string>{"recognitions.mean", "recognitions.variance",
                                      "recognitions.error", "recognitions.q05", "recognitions.q25",
                                      "recognitions.q50", "recognitions.q75", "recognitions.q95"}));
  EXPECT_EQ(run(rising, 0, 1)[0].values.size(), names.size());
}

TEST(RunPoints, MeetsTheSameLuckAtEveryPoint) {
  const auto results = run([](std::size_t) { return lonely_world(0.3); }, 0, 5);
  for (const auto& result : results) EXPECT_EQ(result.values, results[0].values);
}

TEST(RunPoints, DoesNotDependOnThreadsNorOnWhatRunsBeside) {
  SweepOptions one;
  one.threads = 1;
  SweepOptions two;
  two.threads = 2;
  const auto whole = run(rising, 0, 9, one);
  const auto parallel = run(rising, 0, 9, two);
  const auto part = run(rising, 5, 7, two);
  for (std::size_t row = 0; row < whole.size(); ++row) {
    EXPECT_EQ(whole[row].values, parallel[row].values);
  }
  ASSERT_EQ(part.size(), 2U);
  EXPECT_EQ(part[0].row, 5U);
  EXPECT_EQ(part[1].values, whole[6].values);
}

TEST(RunPoints, RecordsFailuresAndGoesOn) {
  const auto results = run(
      [](std::size_t row) {
        if (row == 1) throw InputError({{"s.yaml", 1, 2, "terms", "found 'x'; allowed: a number"}});
        if (row == 2) return lonely_world(std::numeric_limits<double>::infinity());
        return lonely_world(0.0);
      },
      0, 4);
  ASSERT_EQ(results.size(), 4U);
  EXPECT_TRUE(results[0].failure.empty());
  EXPECT_NE(results[1].failure.find("allowed: a number"), std::string::npos);
  EXPECT_NE(results[2].failure.find("baseline"), std::string::npos);
  EXPECT_TRUE(results[2].values.empty());
  EXPECT_EQ(results[3].values, results[0].values);
}

TEST(RunPoints, StopsBetweenPoints) {
  std::atomic<bool> stop{false};
  SweepOptions options;
  options.threads = 1;
  options.stop = &stop;
  std::vector<std::size_t> rows;
  const auto done = run_points(rising, builtin_terms(), recognitions(), rows_between(0, 1000),
                               options, [&](PointResult result) {
                                 rows.push_back(result.row);
                                 stop = rows.size() == 3;
                               });
  EXPECT_EQ(done, rows.size());
  EXPECT_LT(done, 1000U);
  for (std::size_t n = 0; n < rows.size(); ++n) EXPECT_EQ(rows[n], n);
}

TEST(RunPoints, LetsTheConsumersTroublesThrough) {
  EXPECT_THROW(run_points(rising, builtin_terms(), recognitions(), rows_between(0, 9), {},
                          [](PointResult) { throw FileError("disk full"); }),
               FileError);
}

}  // namespace
}  // namespace entente
