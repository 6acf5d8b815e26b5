#include "entente/io/whatif_file.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "entente/core/error.hpp"
#include "io/result/event_text.hpp"
#include "io/result/netcdf.hpp"
#include "result_folder.hpp"
#include "same_scenario.hpp"

namespace entente {
namespace {

using test::tiny_world;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
using testing::ThrowsMessage;

constexpr std::size_t steps = 24, actors = 5, rungs = 5;  // of tiny_world() and its engagement

/// A world with an event more.
Model with_event(Model world, std::uint32_t step, EventOp op, Space space, std::uint64_t index,
                 float value) {
  Event event;
  event.id = "variant";
  event.first_step = step;
  event.changes = {{op, space, {index}, value, 0.0F}};
  world.events.push_back(event);
  return world;
}

/// A baseline, two variants of it, and what is needed to run them into files.
class WhatIfFile : public test::ResultFolder {
 protected:
  explicit WhatIfFile(std::size_t authorities = 1)
      : baseline_(scenario_of(tiny_world(authorities))),
        simulation_(baseline_.model, builtin_terms()) {
    const Model& world = baseline_.model;
    const auto rung = world.rung_index(0, LadderRole::recognition, 0);
    const auto slot = world.parameters.slot(Param::opposition, 0, 0);
    add("first, \"forced\"", with_event(world, 5, EventOp::hold, Space::rung, rung, 1.0F));
    add("second", with_event(world, 2, EventOp::scale, Space::parameter, slot, 0.2F));
    add("none", world);
  }

  static PairedOptions paired(std::size_t replicates) {
    PairedOptions options;
    options.replicates = replicates;
    return options;
  }
  /// Bytes of a batch of so many replicates of tiny_world().
  static std::size_t batch(std::size_t replicates) {
    return replicates * ladder_count * steps * actors;
  }

  std::size_t run_whatif(const std::string& name, const PairedOptions& options,
                         bool force = false) {
    comparisons_.clear();
    std::vector<const Simulation*> pointers;
    for (std::size_t v = 0; v < variants_.size(); ++v) {
      comparisons_.emplace_back(baseline_.model, variants_[v].scenario.model);
      pointers.push_back(&simulations_[v]);
    }
    summary_.emplace(baseline_.model);
    WhatIfWriter writer(path(name), baseline_, simulation_, variants_, force);
    const auto done =
        run_paired(simulation_, pointers, options, *summary_, comparisons_, writer.observer());
    writer.finish(*summary_, comparisons_);
    return done;
  }

  template <class T>
  [[nodiscard]] std::vector<T> read(const std::string& variable) const {
    std::vector<T> values;
    netcdf::Reader(path("a.h5")).read(variable, values);
    return values;
  }
  [[nodiscard]] hdf5::Extents shape(const std::string& variable) const {
    const netcdf::Reader reader(path("a.h5"));
    return hdf5::extents(reader.open(variable).get(), variable);
  }

  Scenario baseline_;
  Simulation simulation_;
  std::vector<VariedScenario> variants_;
  std::vector<Simulation> simulations_;
  std::vector<Comparison> comparisons_;
  std::optional<Summary> summary_;

 private:
  void add(const std::string& name, const Model& model) {
    VariedScenario varied{{}, baseline_};
    varied.scenario.model = model;
    varied.scenario.files.push_back({name + ".yaml", "title: " + name});
    varied.variant = {name, "T " + name, "Q?", "because", "who follows", {"a", "b, c"}, "text\n"};
    variants_.push_back(std::move(varied));
    simulations_.emplace_back(model, builtin_terms());
  }
};

class SeveralAuthorities : public WhatIfFile, public testing::WithParamInterface<std::size_t> {
 protected:
  SeveralAuthorities() : WhatIfFile(GetParam()) {}

  /// Calls visit(v, k, t, row) with the row of (variant, authority, time).
  template <class Visit>
  void for_rows(const Visit& visit) const {
    for (std::size_t row = 0; row < variants_.size() * GetParam() * steps; ++row) {
      visit(row / steps / GetParam(), row / steps % GetParam(), row % steps, row);
    }
  }
};

TEST_P(SeveralAuthorities, EstimatesAreThoseOfTheComparison) {
  run_whatif("a.h5", paired(40));
  const auto difference = read<double>("/engagement_count_difference");
  const auto high = read<double>("/engagement_count_high");
  const auto unpaired = read<double>("/engagement_count_unpaired_error");
  const auto fewer = read<double>("/engagement_count_fewer");
  const auto forced = read<double>("/recognition_forced_difference");
  const auto followers = read<double>("/engagement_followers_error");
  ASSERT_EQ(difference.size(), 3 * GetParam() * steps * rungs);
  const auto d = LadderRole::engagement;
  for_rows([&](std::size_t v, std::size_t k, std::size_t t, std::size_t row) {
    const Comparison& comparison = comparisons_[v];
    for (Rung r = 0; r < rungs; ++r) {
      const auto expected = comparison.count(k, d, t, r);
      const std::size_t x = row * rungs + r;
      EXPECT_EQ(difference[x], expected.difference);
      EXPECT_EQ(high[x], expected.high);
      EXPECT_EQ(unpaired[x], expected.unpaired_error);
      EXPECT_EQ(fewer[x], expected.fewer);
      EXPECT_EQ(followers[x], comparison.followers(k, d, t, r).error);
    }
    for (Rung r = 0; r < 2; ++r) {
      EXPECT_EQ(forced[row * 2 + r],
                comparison.forced(k, LadderRole::recognition, t, r).difference);
    }
  });
}

TEST_P(SeveralAuthorities, ActorsAreThoseOfTheComparison) {
  run_whatif("a.h5", paired(40));
  const auto changed = read<double>("/engagement_changed");
  const auto forced = read<std::uint8_t>("/recognition_forced");
  const auto joint = read<double>("/engagement_joint");
  const auto d = LadderRole::engagement;
  ASSERT_EQ(joint.size(), 3 * GetParam() * actors * rungs * rungs);
  for (std::size_t x = 0; x < joint.size() / rungs / rungs; ++x) {
    const std::size_t v = x / actors / GetParam(), k = x / actors % GetParam(), i = x % actors;
    const Comparison& comparison = comparisons_[v];
    EXPECT_EQ(changed[x], comparison.changed(k, d, i));
    EXPECT_EQ(forced[x] != 0, comparison.is_forced(k, LadderRole::recognition, i));
    for (std::size_t r = 0; r < rungs * rungs; ++r) {
      EXPECT_EQ(
          joint[x * rungs * rungs + r],
          comparison.joint(k, d, i, static_cast<Rung>(r / rungs), static_cast<Rung>(r % rungs)));
    }
  }
}

TEST_P(SeveralAuthorities, ProbabilitiesAreThoseOfBothSides) {
  run_whatif("a.h5", paired(40));
  const auto probability = read<double>("/engagement_probability");
  const auto varied = read<double>("/engagement_variant_probability");
  const auto mean = read<double>("/engagement_variant_count_mean");
  const auto d = LadderRole::engagement;
  ASSERT_EQ(varied.size(), 3 * probability.size());
  for_rows([&](std::size_t v, std::size_t k, std::size_t t, std::size_t row) {
    for (std::size_t x = 0; x < actors * rungs; ++x) {
      const auto r = static_cast<Rung>(x % rungs);
      const std::size_t i = x / rungs;
      EXPECT_EQ(varied[row * actors * rungs + x],
                comparisons_[v].variant().probability(k, d, t, i, r));
      EXPECT_EQ(probability[row * actors * rungs % probability.size() + x],
                summary_->probability(k, d, t, i, r));
    }
    EXPECT_EQ(mean[row * rungs + 2], comparisons_[v].count(k, d, t, 2).variant);
  });
}

// What anyone can do with the file: pair the replicates again.
TEST_P(SeveralAuthorities, ReplicatesGiveTheSameEstimates) {
  constexpr std::size_t n = 100;
  auto options = paired(n);
  options.lanes = 8;
  options.batch_bytes = batch(24);
  run_whatif("a.h5", options);
  const std::size_t rows = GetParam() * steps * rungs;  // of a replicate
  const auto baseline = read<std::uint16_t>("/engagement_count");
  const auto variant = read<std::uint16_t>("/engagement_variant_count");
  const auto difference = read<double>("/engagement_count_difference");
  const auto low = read<double>("/engagement_count_low");
  const auto more = read<double>("/engagement_count_more");
  ASSERT_EQ(baseline.size(), n * rows);
  ASSERT_EQ(variant.size(), n * 3 * rows);
  const double t = boost::math::quantile(boost::math::students_t(n - 1), 0.975);
  for (std::size_t x = 0; x < 3 * rows; ++x) {
    double sum = 0.0, square = 0.0, higher = 0.0;
    for (std::size_t r = 0; r < n; ++r) {
      const double pair =
          variant[r * 3 * rows + x] - static_cast<double>(baseline[r * rows + x % rows]);
      sum += pair;
      square += pair * pair;
      higher += pair > 0.0 ? 1.0 : 0.0;
    }
    const double mean = sum / n;
    const double error = std::sqrt((square / n - mean * mean) / (n - 1));
    EXPECT_NEAR(difference[x], mean, 1e-12);
    EXPECT_NEAR(low[x], mean - t * error, 1e-9);
    EXPECT_NEAR(more[x], higher / n, 1e-12);
  }
}

TEST_P(SeveralAuthorities, BytesDoNotDependOnThreadsLanesAndBatches) {
  auto options = paired(150);
  options.threads = 1;
  run_whatif("a.h5", options);
  const std::string expected = bytes(path("a.h5"));
  options.threads = 2;
  for (const std::size_t lanes : {8U, 16U, 64U}) {
    for (const std::size_t size : {1U, 40U, 70U, 1000U}) {
      options.lanes = lanes;
      options.batch_bytes = batch(size);
      run_whatif("b.h5", options, true);
      EXPECT_TRUE(expected == bytes(path("b.h5"))) << lanes << " lanes, batches of " << size;
    }
  }
}

TEST_P(SeveralAuthorities, AuthoritiesAreNamedWhereThereAreSeveral) {
  run_whatif("a.h5", paired(3));
  if (GetParam() == 1) {
    EXPECT_THAT(shape("/engagement_variant_count"), ElementsAre(3, 3, steps, rungs));
    EXPECT_THAT(shape("/engagement_variant_probability"), ElementsAre(3, steps, actors, rungs));
    EXPECT_THAT(shape("/engagement_changed"), ElementsAre(3, actors));
  } else {
    EXPECT_THAT(shape("/engagement_variant_count"), ElementsAre(3, 3, 2, steps, rungs));
    EXPECT_THAT(shape("/engagement_variant_probability"), ElementsAre(3, 2, steps, actors, rungs));
    EXPECT_THAT(shape("/engagement_changed"), ElementsAre(3, 2, actors));
  }
}

INSTANTIATE_TEST_SUITE_P(Authorities, SeveralAuthorities, testing::Values(1, 2));

TEST_F(WhatIfFile, SaysWhatTheVariantsAre) {
  run_whatif("a.h5", paired(3));
  EXPECT_THAT(read<std::string>("/variant"), ElementsAre("first, \"forced\"", "second", "none"));
  EXPECT_THAT(read<std::string>("/variant_title"),
              ElementsAre("T first, \"forced\"", "T second", "T none"));
  EXPECT_EQ(read<std::string>("/variant_look_at")[0], "who follows");
  EXPECT_EQ(read<std::string>("/variant_sources")[0], "a\nb, c");
  EXPECT_EQ(read<std::string>("/variant_text")[0], "text\n");
  EXPECT_THAT(read<std::int32_t>("/variant_first_difference"), ElementsAre(5, testing::Ge(2), -1));
  // Files of the baseline are not repeated.
  EXPECT_THAT(read<std::string>("/inputs/variants/file_name"),
              ElementsAre("first, \"forced\".yaml", "second.yaml", "none.yaml"));
  EXPECT_THAT(read<std::uint32_t>("/inputs/variants/file_variant"), ElementsAre(0, 1, 2));
}

TEST_F(WhatIfFile, HasTheEventsOfEveryVariant) {
  run_whatif("a.h5", paired(2));
  const auto numbers = read<std::uint32_t>("/inputs/variants/event_variant");
  const auto texts = read<std::string>("/inputs/variants/event_definition");
  std::vector<std::vector<Event>> events(variants_.size());
  ASSERT_EQ(numbers.size(), texts.size());
  for (std::size_t x = 0; x < texts.size(); ++x) {
    events.at(numbers[x]).push_back(detail::event_from_text(texts[x], baseline_.model.parameters));
  }
  for (std::size_t v = 0; v < variants_.size(); ++v) {
    EXPECT_EQ(events[v], variants_[v].scenario.model.events) << v;
  }
}

TEST_F(WhatIfFile, IsAResultFileOfTheBaseline) {
  auto options = paired(7);
  options.first_replicate = 30;
  run_whatif("a.h5", options);
  test::expect_same(load_result_inputs(path("a.h5")), baseline_);
  const ResultExtent extent = read_result_extent(path("a.h5"));
  EXPECT_EQ(extent.record, RecordLevel::summary);
  EXPECT_EQ(extent.first_replicate, 30U);
  EXPECT_EQ(extent.replicates, 7U);
  EXPECT_THAT(read<std::uint32_t>("/replicate"), ElementsAre(30, 31, 32, 33, 34, 35, 36));
  const netcdf::Reader file(path("a.h5"));
  EXPECT_EQ(hdf5::read_text_attribute(file.root(), "kind"), "whatif");
}

TEST_F(WhatIfFile, TablesQuoteTheNamesOfVariants) {
  run_whatif("a.h5", paired(2));
  export_csv(path("a.h5"), path("csv"), false);
  EXPECT_THAT(bytes(path("csv/recognition_count_difference.csv")),
              StartsWith("variant,time,recognition_rung,value\n"
                         "\"first, \"\"forced\"\"\",2021-08,withheld,0\n"));
  EXPECT_THAT(bytes(path("csv/recognition_forced.csv")),
              StartsWith("variant,actor,value\n\"first, \"\"forced\"\"\",ALF,yes\n"));
  EXPECT_THAT(bytes(path("csv/engagement_variant_count.csv")),
              StartsWith("replicate,variant,time,engagement_rung,value\n"
                         "0,\"first, \"\"forced\"\"\",2021-08,"));
  EXPECT_THAT(bytes(path("csv/variant_title.csv")), HasSubstr("\nsecond,T second\n"));
}

TEST_F(WhatIfFile, AnAbandonedWriterLeavesNothing) {
  {
    WhatIfWriter writer(path("a.h5"), baseline_, simulation_, variants_, false);
    EXPECT_TRUE(std::filesystem::exists(path("a.h5.part")));
    EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(WhatIfFile, KeepsAnExistingFileUnlessForced) {
  std::ofstream(path("a.h5")) << "precious";
  EXPECT_THAT([&] { run_whatif("a.h5", paired(1)); },
              ThrowsMessage<FileError>(HasSubstr("a.h5: exists already; allowed: a new name")));
  EXPECT_EQ(bytes(path("a.h5")), "precious");
  run_whatif("a.h5", paired(1), true);
  EXPECT_TRUE(is_result_file(path("a.h5")));
}

TEST_F(WhatIfFile, AnInterruptedRunKeepsWhatAllVariantsFinished) {
  // Stopped in the second batch: early, and when only the last variant misses some replicates.
  for (const std::size_t when : {std::size_t{300}, std::size_t{520}}) {
    std::atomic<bool> stop = false;
    auto options = paired(1000);
    options.threads = 1;
    options.lanes = 8;
    options.batch_bytes = batch(88);
    options.stop = &stop;
    options.progress = [&](std::size_t done) { stop = done >= when; };
    ASSERT_EQ(run_whatif("a.h5", options, true), 88U);
    EXPECT_EQ(read_result_extent(path("a.h5")).replicates, 88U);
    EXPECT_EQ(read<std::uint32_t>("/replicate").size(), 88U);
    EXPECT_THAT(shape("/engagement_count"), ElementsAre(88, steps, rungs));
    EXPECT_THAT(shape("/engagement_variant_count"), ElementsAre(88, 3, steps, rungs));
    const auto stopped = read<std::uint16_t>("/coercion_variant_count");
    run_whatif("a.h5", paired(88), true);
    EXPECT_EQ(stopped, read<std::uint16_t>("/coercion_variant_count"));
  }
}

TEST_F(WhatIfFile, ARunStoppedBeforeItBeganIsStillAFile) {
  const std::atomic<bool> stop = true;
  auto options = paired(5);
  options.stop = &stop;
  ASSERT_EQ(run_whatif("a.h5", options), 0U);
  EXPECT_THAT(shape("/engagement_count"), ElementsAre(0, steps, rungs));
  EXPECT_TRUE(std::isnan(read<double>("/engagement_count_difference")[0]));
}

TEST_F(WhatIfFile, RefusesWhatDoesNotBelongTogether) {
  run_whatif("a.h5", paired(3));
  WhatIfWriter writer(path("b.h5"), baseline_, simulation_, variants_, false);
  EXPECT_THAT([&] { writer.finish(*summary_, comparisons_); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("not all replicates were observed")));
  EXPECT_THAT([&] { writer.finish(*summary_, std::span(comparisons_).first(2)); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("one comparison for each variant")));
  EXPECT_THAT([&] { writer.finish(Summary(baseline_.model), comparisons_); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("comparison of other replicates")));
  EXPECT_THAT([&] { WhatIfWriter(path("c.h5"), baseline_, simulation_, {}, false); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("no variant")));
}

}  // namespace
}  // namespace entente
