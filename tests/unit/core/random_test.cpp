#include "core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace entente {
namespace {

TEST(Random, WordsAreThePublishedPhiloxVectors) {
  // Known-answer vectors of Philox4x32-10 for all-zero and all-one inputs (Random123's
  // kat_vectors).
  const std::array<std::uint32_t, 4> zeros{0x6627E8D5U, 0xE169C58DU, 0xBC57AC4CU, 0x9B00DBD8U};
  EXPECT_EQ(random::words(0, 0, 0, 0, 0), zeros);
  const std::array<std::uint32_t, 4> ones{0x408F276DU, 0x41C83B0EU, 0xA20BC7C6U, 0x6D5451FDU};
  EXPECT_EQ(random::words(~0ULL, ~0U, ~0U, ~0U, ~0U), ones);
}

TEST(Random, RowsOfWordsEqualSingleWords) {
  constexpr std::size_t count = 151;
  constexpr std::uint64_t seed = 0x0123456789ABCDEFULL;
  std::vector<std::uint32_t> quarter(count), replicate(count);
  for (std::size_t x = 0; x < count; ++x) {
    quarter[x] = static_cast<std::uint32_t>(x / 7);
    replicate[x] = static_cast<std::uint32_t>(1000 + x * x);
  }
  std::array<std::vector<std::uint32_t>, 4> rows;
  for (auto& row : rows) row.resize(count);
  random::words(seed, quarter.data(), 52, 0x10000002U, replicate.data(), count,
                {rows[0].data(), rows[1].data(), rows[2].data(), rows[3].data()});
  for (std::size_t x = 0; x < count; ++x) {
    const auto expected = random::words(seed, quarter[x], 52, 0x10000002U, replicate[x]);
    for (std::size_t w = 0; w < 4; ++w) ASSERT_EQ(rows[w][x], expected[w]) << x;
  }
}

TEST(Random, StreamsOfDifferentUseDiffer) {
  using random::Purpose;
  std::vector<std::uint32_t> streams;
  for (const auto purpose : {Purpose::choice, Purpose::attacks, Purpose::activity,
                             Purpose::authority, Purpose::hardliner, Purpose::event}) {
    for (const std::size_t authority : {0U, 1U, 4095U}) {
      for (const std::size_t index : {0U, 1U, 65535U}) {
        streams.push_back(random::stream(purpose, authority, index));
      }
    }
  }
  std::sort(streams.begin(), streams.end());
  EXPECT_EQ(std::adjacent_find(streams.begin(), streams.end()), streams.end());
}

TEST(Random, UniformsStayInsideTheUnitInterval) {
  EXPECT_GT(random::uniform(0), 0.0);
  EXPECT_LT(random::uniform(0xFFFFFFFFU), 1.0);
  EXPECT_EQ(random::from_zero(0), 0.0F);
  EXPECT_EQ(random::from_one(0xFFFFFFFFU), 0.0F);
  for (const std::uint32_t x : {1U, 77U, 0x7FFFFFFFU, 0x80000000U, 0xDEADBEEFU}) {
    EXPECT_NEAR(static_cast<double>(random::from_zero(x)), random::uniform(x), 1e-7);
    EXPECT_NEAR(static_cast<double>(random::from_one(x)), 1.0 - random::uniform(x), 1e-7);
  }
}

TEST(Random, EntityOfANameIsFnv1a) {
  EXPECT_EQ(random::entity_of(""), 2166136261U);
  EXPECT_EQ(random::entity_of("a"), 0xE40C292CU);
}

}  // namespace
}  // namespace entente
