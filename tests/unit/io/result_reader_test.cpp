#include <gmock/gmock.h>

#include "entente/core/error.hpp"
#include "result_folder.hpp"

namespace entente {
namespace {

using test::tiny_world;
using testing::HasSubstr;
using testing::ThrowsMessage;

class ResultReader : public test::ResultFolder {
 protected:
  /// Keeps the rungs of every replicate.
  class Rungs final : public Recorder {
   public:
    void record(const TileResult& tile) override { tiles.push_back(tile); }
    std::vector<TileResult> tiles;
  };
};

TEST_F(ResultReader, TellsWhichReplicatesAFileHolds) {
  const Scenario scenario = scenario_of(tiny_world());
  for (const auto level : {RecordLevel::summary, RecordLevel::rungs, RecordLevel::full}) {
    RunOptions run = options(5, level);
    run.first_replicate = 40;
    run_into(path("a.h5"), scenario, run, true);
    const ResultExtent extent = read_result_extent(path("a.h5"));
    EXPECT_EQ(extent.record, level);
    EXPECT_EQ(extent.first_replicate, 40U);
    EXPECT_EQ(extent.replicates, 5U);
  }
}

TEST_F(ResultReader, GivesTheRungsThatWereRecorded) {
  const Scenario scenario = scenario_of(tiny_world());
  const Model& model = scenario.model;
  run_into(path("a.h5"), scenario, options(3));
  Rungs rungs;
  RunOptions run = options(3);
  run.lanes = 8;
  Simulation(model, builtin_terms()).run(run, rungs);
  ASSERT_EQ(rungs.tiles.size(), 1U);
  const std::size_t steps = model.calendar.steps();
  const std::size_t actors = model.actors.size();
  for (std::size_t k = 0; k < model.authorities.size(); ++k) {
    for (const auto role : all_ladders) {
      const RungQuery query{model.ladders[index_of(role)].key, k, steps - 1, actors - 1};
      const auto found = read_recorded_rungs(path("a.h5"), query);
      ASSERT_EQ(found.size(), 3U);
      for (std::size_t r = 0; r < 3; ++r) {
        const std::size_t row = ((k * ladder_count + index_of(role)) * 3 + r) * steps + query.step;
        EXPECT_EQ(found[r], rungs.tiles[0].rungs[row * actors + query.actor]);
      }
    }
  }
}

TEST_F(ResultReader, SummariesHoldNoRungs) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(3, RecordLevel::summary));
  EXPECT_TRUE(read_recorded_rungs(path("a.h5"), {"engagement", 0, 0, 0}).empty());
}

TEST_F(ResultReader, RefusesWhatTheFileDoesNotHold) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(3));
  for (const RungQuery& query :
       {RungQuery{"engagement", 0, 100000, 0}, RungQuery{"engagement", 0, 0, 100000},
        RungQuery{"engagement", 9, 0, 0}, RungQuery{"no such ladder", 0, 0, 0}}) {
    EXPECT_THAT([&] { (void)read_recorded_rungs(path("a.h5"), query); },
                ThrowsMessage<FileError>(HasSubstr("a.h5: the results are damaged: /")));
  }
}

TEST_F(ResultReader, RefusesOtherFiles) {
  std::ofstream(path("text.h5")) << "not HDF5";
  for (const auto* name : {"text.h5", "missing.h5"}) {
    EXPECT_THAT([&] { (void)read_result_extent(path(name)); },
                ThrowsMessage<FileError>(HasSubstr(name)));
  }
}

}  // namespace
}  // namespace entente
