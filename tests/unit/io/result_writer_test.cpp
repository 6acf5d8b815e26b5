#include <gmock/gmock.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "entente/core/error.hpp"
#include "entente/ensemble/summary.hpp"
#include "io/result/netcdf.hpp"
#include "io/result/part_file.hpp"
#include "result_folder.hpp"

namespace entente {
namespace {

using test::tiny_world;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// Keeps every tile.
class Tiles final : public Recorder {
 public:
  void record(const TileResult& tile) override { list.push_back(tile); }
  std::vector<TileResult> list;
};

class ResultWriterTest : public test::ResultFolder {
 protected:
  template <class T>
  static std::vector<T> read(const std::filesystem::path& file, const std::string& variable) {
    std::vector<T> values;
    netcdf::Reader(file).read(variable, values);
    return values;
  }
  static hdf5::Extents shape(const std::filesystem::path& file, const std::string& variable) {
    const netcdf::Reader reader(file);
    return hdf5::extents(reader.open(variable).get(), variable);
  }
};

TEST_F(ResultWriterTest, FileAppearsWhenItIsFinished) {
  const Scenario scenario = scenario_of(tiny_world());
  const Simulation simulation(scenario.model, builtin_terms());
  ResultWriter writer(path("a.h5"), scenario, simulation, RecordLevel::rungs, false);
  simulation.run(options(3), writer);
  EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
  EXPECT_TRUE(std::filesystem::exists(path("a.h5.part")));
  writer.finish();
  EXPECT_TRUE(is_result_file(path("a.h5")));
  EXPECT_EQ(files(), 1U);
}

TEST_F(ResultWriterTest, AnAbandonedWriterLeavesNothing) {
  const Scenario scenario = scenario_of(tiny_world());
  const Simulation simulation(scenario.model, builtin_terms());
  {
    ResultWriter writer(path("a.h5"), scenario, simulation, RecordLevel::full, false);
    simulation.run(options(3, RecordLevel::full), writer);
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(ResultWriterTest, KeepsAnExistingFileUnlessForced) {
  const Scenario scenario = scenario_of(tiny_world());
  std::ofstream(path("a.h5")) << "precious";
  EXPECT_THAT([&] { run_into(path("a.h5"), scenario, options(1)); },
              ThrowsMessage<FileError>(HasSubstr("a.h5: exists already; allowed: a new name")));
  EXPECT_EQ(bytes(path("a.h5")), "precious");
  EXPECT_EQ(files(), 1U);
  run_into(path("a.h5"), scenario, options(1), true);
  EXPECT_TRUE(is_result_file(path("a.h5")));
}

TEST_F(ResultWriterTest, SaysWhyAFileCannotBeMade) {
  const Scenario scenario = scenario_of(tiny_world());
  EXPECT_THAT([&] { run_into(path("none/a.h5"), scenario, options(1)); },
              ThrowsMessage<FileError>(
                  HasSubstr("none/a.h5.part: cannot create the file: No such file or directory")));
  EXPECT_THAT([&] { run_into(path(""), scenario, options(1), true); },
              ThrowsMessage<FileError>(HasSubstr("Is a directory")));
}

TEST_F(ResultWriterTest, LeavesAFileToTheProcessThatWritesIt) {
  const detail::PartFile first(path("a.h5"), false);
  EXPECT_THAT([&] { const detail::PartFile second(path("a.h5"), true); },
              ThrowsMessage<FileError>(HasSubstr("a.h5.part: another process is writing it")));
  EXPECT_TRUE(std::filesystem::exists(first.part()));
}

TEST_F(ResultWriterTest, SurvivesAFullDisk) {
  const Scenario scenario = scenario_of(tiny_world());
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, SIG_IGN);
  for (const rlim_t most : {0U, 20'000U, 200'000U}) {
    const rlimit limit{most, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
    EXPECT_THAT([&] { run_into(path("a.h5"), scenario, options(2000)); },
                ThrowsMessage<FileError>(HasSubstr("a.h5: cannot write the file: File too large")));
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(files(), 0U);
  }
  std::signal(SIGXFSZ, SIG_DFL);
}

TEST_F(ResultWriterTest, BytesDoNotDependOnTilesAndThreads) {
  const Scenario scenario = scenario_of(tiny_world(2));
  for (const auto level : {RecordLevel::summary, RecordLevel::rungs, RecordLevel::full}) {
    RunOptions run = options(75, level);
    run.lanes = 8;
    run.threads = 1;
    run_into(path("a.h5"), scenario, run, true);
    for (const std::size_t lanes : {16U, 64U}) {
      run.lanes = lanes;
      run.threads = 2;
      run_into(path("b.h5"), scenario, run, true);
      EXPECT_TRUE(bytes(path("a.h5")) == bytes(path("b.h5"))) << lanes << " lanes";
    }
  }
}

/// A finished file and the one tile that it was made from.
struct Written {
  std::size_t authorities = 1;
  std::size_t columns = 0;  ///< drivers
  std::size_t terms = 0;
  TileResult tile;
  static constexpr std::size_t replicates = 5, steps = 24, actors = 5, groups = 2;

  /// Row of (authority, rows, replicate, time) in the tile.
  [[nodiscard]] std::size_t in_tile(std::size_t k, std::size_t rows, std::size_t row, std::size_t r,
                                    std::size_t t) const {
    return ((k * rows + row) * replicates + r) * steps + t;
  }
  /// Calls visit(k, r, t, row) with the row of (replicate, authority, time) in the file.
  template <class Visit>
  void for_rows(const Visit& visit) const {
    for (std::size_t row = 0; row < replicates * authorities * steps; ++row) {
      visit(row / steps % authorities, row / steps / authorities, row % steps, row);
    }
  }
};

class ResultContents : public ResultWriterTest, public testing::WithParamInterface<std::size_t> {
 protected:
  Written write() {
    Written out;
    out.authorities = GetParam();
    const Scenario scenario = scenario_of(tiny_world(out.authorities));
    const Simulation simulation(scenario.model, builtin_terms());
    Tiles tiles;
    ResultWriter writer(path("a.h5"), scenario, simulation, RecordLevel::full, true);
    Tee both({&tiles, &writer});
    simulation.run(options(Written::replicates, RecordLevel::full), both);
    writer.finish();
    out.columns = simulation.driver_names().size();
    out.terms = simulation.term_names().size();
    out.tile = tiles.list.at(0);
    return out;
  }
};

TEST_P(ResultContents, RungsAreTheEngines) {
  const Written w = write();
  const auto engagement = read<std::uint8_t>(path("a.h5"), "/engagement");
  const auto coercion = read<std::uint8_t>(path("a.h5"), "/coercion");
  ASSERT_EQ(engagement.size(), w.replicates * w.authorities * w.steps * w.actors);
  w.for_rows([&](std::size_t k, std::size_t r, std::size_t t, std::size_t row) {
    for (std::size_t i = 0; i < w.actors; ++i) {
      const std::size_t x = row * w.actors + i;
      EXPECT_EQ(engagement[x], w.tile.rungs[w.in_tile(k, 3, 0, r, t) * w.actors + i]);
      EXPECT_EQ(coercion[x], w.tile.rungs[w.in_tile(k, 3, 2, r, t) * w.actors + i]);
    }
  });
}

TEST_P(ResultContents, AuthoritiesAndGroupsAreTheEngines) {
  const Written w = write();
  const auto rights = read<std::uint8_t>(path("a.h5"), "/rights");
  const auto posture = read<std::uint8_t>(path("a.h5"), "/posture");
  const auto control = read<float>(path("a.h5"), "/control");
  const auto activity = read<float>(path("a.h5"), "/activity");
  w.for_rows([&](std::size_t k, std::size_t r, std::size_t t, std::size_t row) {
    EXPECT_EQ(rights[row], w.tile.authority_rungs[w.in_tile(k, 1 + w.groups, 0, r, t)]);
    EXPECT_EQ(control[row], w.tile.authority_states[w.in_tile(k, 4, 2, r, t)]);
    for (std::size_t g = 0; g < w.groups; ++g) {
      EXPECT_EQ(posture[row * w.groups + g],
                w.tile.authority_rungs[w.in_tile(k, 1 + w.groups, 1 + g, r, t)]);
      EXPECT_EQ(activity[(r * w.steps + t) * w.groups + g],
                w.tile.activity[w.in_tile(0, w.groups, g, r, t)]);
    }
  });
}

TEST_P(ResultContents, DecisionsAreTheEngines) {
  const Written w = write();
  const auto luck = read<float>(path("a.h5"), "/luck");
  const auto drivers = read<float>(path("a.h5"), "/drivers");
  const auto contribution = read<float>(path("a.h5"), "/contribution");
  ASSERT_EQ(contribution.size(), luck.size() * w.terms * 2);
  w.for_rows([&](std::size_t k, std::size_t r, std::size_t t, std::size_t row) {
    for (std::size_t i = 0; i < w.actors; ++i) {
      const std::size_t decision =
          (((r * w.authorities + k) * ladder_count + 1) * w.steps + t) * w.actors + i;
      const std::size_t in_tile = w.in_tile(k, 3, 1, r, t) * w.actors + i;
      EXPECT_EQ(luck[decision], w.tile.luck[in_tile]);
      EXPECT_EQ(contribution[(decision * w.terms + 4) * 2 + 1],
                w.tile.contributions[(in_tile * w.terms + 4) * 2 + 1]);
      EXPECT_EQ(drivers[(row * w.actors + i) * w.columns + 3],
                w.tile.drivers[(w.in_tile(k, 1, 0, r, t) * w.actors + i) * w.columns + 3]);
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Authorities, ResultContents, testing::Values(1, 2));

TEST_F(ResultWriterTest, SummariesAreThoseOfTheReplicates) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(40));
  const auto file = path("a.h5");
  const auto recognition = read<std::uint8_t>(file, "/recognition");
  const auto probability = read<double>(file, "/recognition_probability");
  const auto mean = read<double>(file, "/recognition_count_mean");
  const auto quantile = read<std::uint32_t>(file, "/recognition_count_quantile");
  const auto rights = read<std::uint8_t>(file, "/rights");
  const auto rights_probability = read<double>(file, "/rights_probability");
  const std::size_t steps = 24, actors = 5, last = 23;
  std::vector<std::size_t> counts;
  for (std::size_t r = 0; r < 40; ++r) {
    const auto* row = &recognition[(r * steps + last) * actors];
    counts.push_back(static_cast<std::size_t>(std::count(row, row + actors, 1)));
  }
  double expected = 0.0;
  for (const auto count : counts) expected += static_cast<double>(count) / 40.0;
  EXPECT_NEAR(mean[last * 2 + 1], expected, 1e-12);
  EXPECT_EQ(mean[last * 2], 5.0);
  std::sort(counts.begin(), counts.end());
  EXPECT_EQ(quantile[(last * 2 + 1) * 5 + 0], counts[1]);
  EXPECT_EQ(quantile[(last * 2 + 1) * 5 + 2], counts[19]);
  EXPECT_EQ(quantile[(last * 2 + 1) * 5 + 4], counts[37]);
  double sum = 0.0;
  for (std::size_t i = 0; i < actors; ++i) sum += probability[(last * actors + i) * 2 + 1];
  EXPECT_NEAR(sum, expected, 1e-12);
  double open = 0.0;
  for (std::size_t r = 0; r < 40; ++r) open += rights[r * steps + last] == 3 ? 1.0 / 40.0 : 0.0;
  EXPECT_NEAR(rights_probability[last * 4 + 3], open, 1e-12);
}

TEST_F(ResultWriterTest, AnInterruptedRunKeepsWhatWasDone) {
  const Scenario scenario = scenario_of(tiny_world());
  const Simulation simulation(scenario.model, builtin_terms());
  ResultWriter writer(path("a.h5"), scenario, simulation, RecordLevel::rungs, false);
  std::atomic<bool> stop = false;
  RunOptions run = options(1000);
  run.lanes = 8;
  run.threads = 1;
  run.first_replicate = 100;
  run.stop = &stop;
  run.progress = [&](std::size_t done) { stop = done >= 16; };
  const auto done = simulation.run(run, writer);
  writer.finish();
  ASSERT_LT(done, 1000U);
  EXPECT_THAT(shape(path("a.h5"), "/engagement"), ElementsAre(done, 24, 5));
  const auto numbers = read<std::uint32_t>(path("a.h5"), "/replicate");
  EXPECT_EQ(numbers.size(), done);
  EXPECT_EQ(numbers.front(), 100U);
  EXPECT_EQ(numbers.back(), 100U + done - 1);
}

TEST_F(ResultWriterTest, ARunStoppedBeforeItBeganIsStillAFile) {
  const Scenario scenario = scenario_of(tiny_world());
  const Simulation simulation(scenario.model, builtin_terms());
  ResultWriter writer(path("a.h5"), scenario, simulation, RecordLevel::rungs, false);
  writer.finish();
  EXPECT_THAT(shape(path("a.h5"), "/engagement"), ElementsAre(0, 24, 5));
  EXPECT_TRUE(std::isnan(read<double>(path("a.h5"), "/engagement_probability")[0]));
}

TEST_F(ResultWriterTest, ASummaryHasNoReplicates) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(20, RecordLevel::summary));
  const netcdf::Reader file(path("a.h5"));
  EXPECT_FALSE(file.contains("/replicate"));
  EXPECT_FALSE(file.contains("/engagement"));
  EXPECT_TRUE(file.contains("/engagement_probability"));
  EXPECT_TRUE(file.contains("/hardliner_mean"));
}

TEST(ChunkShape, TakesAsManyReplicatesAsFit) {
  EXPECT_THAT(netcdf::chunk_shape({64, 10, 10}, 1, 1000), ElementsAre(10, 10, 10));
  EXPECT_THAT(netcdf::chunk_shape({64, 10, 10}, 4, 100000), ElementsAre(64, 10, 10));
}

TEST(ChunkShape, SplitsTimeWhereNotOneReplicateFits) {
  EXPECT_THAT(netcdf::chunk_shape({1, 520, 10000}, 1, 1 << 20), ElementsAre(1, 104, 10000));
  EXPECT_THAT(netcdf::chunk_shape({8, 2, 520, 10000, 16}, 4, 1 << 20),
              ElementsAre(1, 1, 1, 10000, 16));
}

}  // namespace
}  // namespace entente
