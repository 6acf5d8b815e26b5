#include "entente/ensemble/ranks.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

namespace entente {
namespace {

/// The tests may themselves run under a launcher: the processes here are alone.
std::unique_ptr<Ranks> one_rank() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS", "PMIX_RANK"})
    ::unsetenv(name);
  return open_ranks();
}

std::vector<std::uint64_t> rest(Ranks& ranks) {
  std::vector<std::uint64_t> numbers;
  while (const auto number = ranks.next()) numbers.push_back(*number);
  return numbers;
}

TEST(OneRank, IsFirstAndOnly) {
  const auto ranks = one_rank();
  EXPECT_EQ(ranks->rank(), 0U);
  EXPECT_EQ(ranks->size(), 1U);
  EXPECT_EQ(ranks->broadcast("text"), "text");
}

TEST(OneRank, IsOneOfOneStartedByALauncher) {
  static_cast<void>(one_rank());
  ::setenv("OMPI_COMM_WORLD_SIZE", "1", 1);
  EXPECT_EQ(open_ranks()->size(), 1U);
  ::unsetenv("OMPI_COMM_WORLD_SIZE");
}

TEST(OneRank, GetsAllNumbersInOrder) {
  const auto ranks = one_rank();
  for (const std::uint64_t count : {3U, 0U, 2U}) {
    ranks->begin(count);
    std::vector<std::uint64_t> expected;
    for (std::uint64_t i = 0; i < count; ++i) expected.push_back(i);
    EXPECT_EQ(rest(*ranks), expected);
    EXPECT_EQ(ranks->next(), std::nullopt);
    EXPECT_TRUE(ranks->finish(true));
  }
}

TEST(OneRank, ReportsItsOwnFailure) {
  const auto ranks = one_rank();
  ranks->begin(5);
  EXPECT_EQ(ranks->next(), 0U);
  EXPECT_FALSE(ranks->finish(false));
  EXPECT_EQ(ranks->next(), std::nullopt) << "nothing is handed out between rounds";
  ranks->begin(1);
  EXPECT_EQ(ranks->next(), 0U);
  EXPECT_TRUE(ranks->finish(true));
}

TEST(OneRankDeathTest, EndsWithTheStatusAskedFor) {
  EXPECT_EXIT(one_rank()->abort(5), ::testing::ExitedWithCode(5), "");
}

}  // namespace
}  // namespace entente
