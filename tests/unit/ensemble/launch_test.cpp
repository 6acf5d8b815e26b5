#include "ensemble/launch.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace entente::detail {
namespace {

using Environment = std::map<std::string, std::string>;

std::optional<Launch> launch(const Environment& environment) {
  return launch_of([&](const char* name) -> const char* {
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : found->second.c_str();
  });
}

void expect_launch(const Environment& environment, const std::string& variable,
                   std::optional<std::size_t> processes) {
  const auto found = launch(environment);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->variable, variable);
  EXPECT_EQ(found->processes, processes);
}

TEST(Launch, IsNoneOfACommandOfItsOwn) { EXPECT_FALSE(launch({{"HOME", "/root"}})); }

TEST(Launch, IsNoneInTheScriptOfAJob) {
  // What Slurm 22 and 23 set in a script that `sbatch --ntasks=4` runs, of what could mislead.
  EXPECT_FALSE(launch({{"SLURM_JOB_ID", "7"},
                       {"SLURM_NTASKS", "4"},
                       {"SLURM_NPROCS", "4"},
                       {"SLURM_PROCID", "0"},
                       {"SLURM_LOCALID", "0"},
                       {"SLURM_TASKS_PER_NODE", "4"},
                       {"SLURM_ARRAY_TASK_ID", "3"},
                       {"SLURM_ARRAY_TASK_COUNT", "8"}}));
}

TEST(Launch, IsToldByMpirun) {
  expect_launch({{"OMPI_COMM_WORLD_SIZE", "4"}, {"PMIX_RANK", "1"}}, "OMPI_COMM_WORLD_SIZE", 4);
  expect_launch({{"OMPI_COMM_WORLD_SIZE", "1"}}, "OMPI_COMM_WORLD_SIZE", 1);
  expect_launch({{"PMI_SIZE", "3"}, {"PMI_RANK", "0"}}, "PMI_SIZE", 3);
}

TEST(Launch, IsToldBySrun) {
  expect_launch({{"SLURM_NTASKS", "4"}, {"SLURM_PROCID", "2"}, {"SLURM_STEP_NUM_TASKS", "4"}},
                "SLURM_STEP_NUM_TASKS", 4);
}

TEST(Launch, BelievesTheInnermostLauncher) {
  expect_launch({{"OMPI_COMM_WORLD_SIZE", "8"}, {"PMI_SIZE", "1"}, {"SLURM_STEP_NUM_TASKS", "2"}},
                "OMPI_COMM_WORLD_SIZE", 8);
}

TEST(Launch, MayBeOfUnknownSize) {
  expect_launch({{"PMIX_RANK", "0"}}, "PMIX_RANK", std::nullopt);
  expect_launch({{"OMPI_COMM_WORLD_SIZE", "four"}}, "OMPI_COMM_WORLD_SIZE", std::nullopt);
  expect_launch({{"OMPI_COMM_WORLD_SIZE", "0"}}, "OMPI_COMM_WORLD_SIZE", std::nullopt);
}

}  // namespace
}  // namespace entente::detail
