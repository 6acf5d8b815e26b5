#include "core/kernels.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/lanes.hpp"
#include "core/random.hpp"

namespace entente {
namespace {

std::vector<lanes::Level> levels() {
  std::vector<lanes::Level> here;
  for (const auto level :
       {lanes::Level::plain, lanes::Level::v2, lanes::Level::v3, lanes::Level::v4}) {
    if (level <= lanes::supported()) here.push_back(level);
  }
  return here;
}

/// Runs a test body at every level that the machine has.
class Kernels : public ::testing::TestWithParam<lanes::Level> {
 protected:
  void SetUp() override { lanes::use(GetParam()); }
  void TearDown() override { lanes::use(lanes::supported()); }
};

TEST_P(Kernels, PhiloxIsThatOfRandom123AtEveryCounter) {
  // More than one vector and a rest, at each width.
  for (const std::size_t count : {0U, 1U, 7U, 16U, 37U}) {
    std::vector<std::uint32_t> first(count);
    std::vector<std::uint32_t> last(count);
    for (std::size_t x = 0; x < count; ++x) {
      first[x] = static_cast<std::uint32_t>(x * 2654435761U);
      last[x] = static_cast<std::uint32_t>(0xFFFFFFFFU - x);
    }
    std::vector<std::vector<std::uint32_t>> out(4, std::vector<std::uint32_t>(count + 1, 42));
    const std::uint64_t key = 0x0123456789ABCDEFULL;
    kernels::philox(key, first.data(), 3, 0x80000001U, last.data(), count,
                    {out[0].data(), out[1].data(), out[2].data(), out[3].data()});
    for (std::size_t w = 0; w < 4; ++w) {
      for (std::size_t x = 0; x < count; ++x) {
        ASSERT_EQ(out[w][x], random::words(key, first[x], 3, 0x80000001U, last[x])[w]);
      }
      EXPECT_EQ(out[w][count], 42U) << "wrote beyond the end";
    }
  }
}

TEST_P(Kernels, FindsEveryFlagThatIsSet) {
  for (const std::size_t count : {0U, 1U, 63U, 64U, 65U, 200U}) {
    for (const std::size_t every : {1U, 3U, 40U, 1000U}) {
      std::vector<std::uint8_t> flags(count + 64, 1);  // beyond the end, to be ignored
      std::vector<std::uint32_t> expected;
      for (std::size_t x = 0; x < count; ++x) {
        flags[x] = (x + 1) % every == 0 ? 1 : 0;
        if (flags[x] != 0) expected.push_back(static_cast<std::uint32_t>(x));
      }
      std::vector<std::uint32_t> places(count + 16);
      places.resize(kernels::find_flags(flags.data(), count, places.data()));
      EXPECT_EQ(places, expected) << count << " flags, every " << every;
    }
  }
}

TEST_P(Kernels, LooksUpBothTablesByTheSameIndex) {
  for (const std::size_t lane_count : {8U, 16U, 24U, 64U, 5U}) {
    const std::size_t longest = kernels::longest_table(lane_count);
    const std::size_t entries = longest == 0 ? 5 : longest;
    constexpr std::size_t rows = 3;
    std::vector<float> own(rows * entries + 16);
    std::vector<float> shared(16);
    for (std::size_t k = 0; k < own.size(); ++k) own[k] = 1.0F / static_cast<float>(k + 3);
    for (std::size_t k = 0; k < 16; ++k) shared[k] = static_cast<float>(k) * 0.7F;
    std::vector<std::uint8_t> index(rows * lane_count);
    std::vector<float> x(index.size());
    for (std::size_t at = 0; at < index.size(); ++at) {
      index[at] = static_cast<std::uint8_t>(at * 5 % entries);
      x[at] = static_cast<float>(at) * 0.3F - 7.0F;
    }
    std::vector<float> out(index.size() + 1, 42.0F);
    kernels::affine_by_table(own.data(), entries, shared.data(), index.data(), x.data(), rows,
                             lane_count, out.data());
    for (std::size_t at = 0; at < index.size(); ++at) {
      const std::size_t i = at / lane_count;
      const float product = x[at] * shared[index[at]];
      ASSERT_EQ(out[at], own[i * entries + index[at]] + product) << "not the same bits";
    }
    EXPECT_EQ(out.back(), 42.0F) << "wrote beyond the end";
  }
}

TEST_P(Kernels, TransposesBlocksAndWhatIsLeft) {
  for (const std::size_t rows : {1U, 16U, 35U}) {
    for (const std::size_t columns : {1U, 8U, 16U, 64U}) {
      const std::size_t in_stride = columns + 5;
      const std::size_t out_stride = rows + 3;
      std::vector<std::uint8_t> in(rows * in_stride);
      for (std::size_t x = 0; x < in.size(); ++x) in[x] = static_cast<std::uint8_t>(x * 37 % 251);
      std::vector<std::uint8_t> out(columns * out_stride, 255);
      kernels::transpose(in.data(), rows, columns, in_stride, out.data(), out_stride);
      for (std::size_t c = 0; c < columns; ++c) {
        for (std::size_t r = 0; r < out_stride; ++r) {
          ASSERT_EQ(out[c * out_stride + r], r < rows ? in[r * in_stride + c] : 255);
        }
      }
    }
  }
}

std::int32_t two(std::int32_t low, std::int32_t high) {
  return static_cast<std::int32_t>(static_cast<std::uint16_t>(low)) | high * 65536;
}

TEST_P(Kernels, ProductIsTheSumOfProducts) {
  for (const std::size_t lane_count : {1U, 4U, 8U, 24U, 64U, 80U}) {
    for (const std::size_t rows : {1U, 4U, 11U}) {
      constexpr std::size_t words = 9;
      const auto weight = [](std::size_t i, std::size_t j) {
        return static_cast<std::int32_t>((i * 7919 + j * 104729) % 65536) - 32768;
      };
      const auto value = [](std::size_t j, std::size_t l) {
        return static_cast<std::int32_t>((j * 31 + l * 17) % 481) - 240;
      };
      std::vector<std::int32_t> a(rows * words);
      std::vector<std::int32_t> b(words * lane_count);
      for (std::size_t w = 0; w < words; ++w) {
        for (std::size_t i = 0; i < rows; ++i) {
          a[i * words + w] = two(weight(i, 2 * w), weight(i, 2 * w + 1));
        }
        for (std::size_t l = 0; l < lane_count; ++l) {
          b[w * lane_count + l] = two(value(2 * w, l), value(2 * w + 1, l));
        }
      }
      for (const bool dot_products : {false, true}) {
        kernels::use_dot_products(dot_products);
        std::vector<std::int32_t> out(rows * lane_count + 1, 42);
        kernels::product(a.data(), rows, words, b.data(), lane_count, out.data());
        for (std::size_t i = 0; i < rows; ++i) {
          for (std::size_t l = 0; l < lane_count; ++l) {
            std::int32_t expected = 0;
            for (std::size_t j = 0; j < 2 * words; ++j) expected += weight(i, j) * value(j, l);
            ASSERT_EQ(out[i * lane_count + l], expected) << i << " " << l << " of " << lane_count;
          }
        }
        EXPECT_EQ(out.back(), 42) << "wrote beyond the end";
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Level, Kernels, ::testing::ValuesIn(levels()),
                         [](const ::testing::TestParamInfo<lanes::Level>& level) {
                           return level.param == lanes::Level::plain
                                      ? std::string("plain")
                                      : "v" + std::to_string(static_cast<int>(level.param));
                         });

}  // namespace
}  // namespace entente
