#include <gmock/gmock.h>
#include <sys/resource.h>

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

TEST_F(ResultWriterTest, HoldsWhatTheEngineSaid) {
  for (const std::size_t authorities : {1U, 2U}) {
    const Scenario scenario = scenario_of(tiny_world(authorities));
    const Simulation simulation(scenario.model, builtin_terms());
    Tiles tiles;
    ResultWriter writer(path("a.h5"), scenario, simulation, RecordLevel::full, true);
    Tee both({&tiles, &writer});
    const std::size_t replicates = 5;
    simulation.run(options(replicates, RecordLevel::full), both);
    writer.finish();
    ASSERT_EQ(tiles.list.size(), 1U);
    const TileResult& tile = tiles.list[0];

    const auto file = path("a.h5");
    const std::size_t steps = 24, actors = 5, groups = 2;
    const auto engagement = read<std::uint8_t>(file, "/engagement");
    const auto coercion = read<std::uint8_t>(file, "/coercion");
    const auto rights = read<std::uint8_t>(file, "/rights");
    const auto posture = read<std::uint8_t>(file, "/posture");
    const auto control = read<float>(file, "/control");
    const auto activity = read<float>(file, "/activity");
    const auto luck = read<float>(file, "/luck");
    const auto drivers = read<float>(file, "/drivers");
    const auto contribution = read<float>(file, "/contribution");
    const std::size_t columns = simulation.driver_names().size();
    const std::size_t terms = simulation.term_names().size();
    ASSERT_EQ(engagement.size(), replicates * authorities * steps * actors);
    ASSERT_EQ(contribution.size(), engagement.size() * ladder_count * terms * 2);
    for (std::size_t k = 0; k < authorities; ++k) {
      for (std::size_t r = 0; r < replicates; ++r) {
        for (std::size_t t = 0; t < steps; ++t) {
          const std::size_t row = (r * authorities + k) * steps + t;  // in the file
          const auto in_tile = [&](std::size_t rows, std::size_t x) {
            return ((k * rows + x) * replicates + r) * steps + t;
          };
          EXPECT_EQ(rights[row], tile.authority_rungs[in_tile(1 + groups, 0)]);
          EXPECT_EQ(control[row], tile.authority_states[in_tile(4, 2)]);
          for (std::size_t g = 0; g < groups; ++g) {
            EXPECT_EQ(posture[row * groups + g], tile.authority_rungs[in_tile(1 + groups, 1 + g)]);
            EXPECT_EQ(activity[(r * steps + t) * groups + g],
                      tile.activity[(g * replicates + r) * steps + t]);
          }
          for (std::size_t i = 0; i < actors; ++i) {
            EXPECT_EQ(engagement[row * actors + i], tile.rungs[in_tile(3, 0) * actors + i]);
            EXPECT_EQ(coercion[row * actors + i], tile.rungs[in_tile(3, 2) * actors + i]);
            EXPECT_EQ(drivers[(row * actors + i) * columns + 3],
                      tile.drivers[(in_tile(1, 0) * actors + i) * columns + 3]);
            const std::size_t decision =
                (((r * authorities + k) * ladder_count + 1) * steps + t) * actors + i;
            EXPECT_EQ(luck[decision], tile.luck[in_tile(3, 1) * actors + i]);
            EXPECT_EQ(contribution[(decision * terms + 4) * 2 + 1],
                      tile.contributions[((in_tile(3, 1) * actors + i) * terms + 4) * 2 + 1]);
          }
        }
      }
    }
  }
}

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
