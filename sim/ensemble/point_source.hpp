#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/random.hpp"
#include "entente/ensemble/design.hpp"

namespace entente::detail {

/// No design has more rows, so that a row's number is one word of a random address.
inline constexpr std::uint64_t most_rows = std::uint64_t{1} << 32;
/// Columns of Boost's table of directions.
inline constexpr std::size_t most_sobol_columns = 3667;

/// Which draw of a design, in the address of its random words. Never renumber.
enum class DesignDraw : std::uint32_t {
  random = 0,             ///< entity: column; replicate: row
  latin_permutation = 1,  ///< a sequence; step: column, replicate: try
  latin_place = 2,        ///< entity: column; replicate: row
  latin_exchange = 3,     ///< a sequence
  shift = 4,              ///< entity: column
  owen = 5,               ///< index: column; step: digit; quarter: digits before it
  morris = 6              ///< a sequence; replicate: trajectory
};

[[nodiscard]] constexpr std::uint32_t stream_of(DesignDraw draw, std::size_t index = 0) {
  return random::stream(random::Purpose::design, static_cast<std::size_t>(draw), index);
}

/// Words one after the other, for algorithms that do not know how many they need.
class DrawSequence {
 public:
  DrawSequence(std::uint64_t seed, DesignDraw draw, std::size_t step, std::size_t replicate)
      : seed_(seed),
        stream_(stream_of(draw)),
        step_(static_cast<std::uint32_t>(step)),
        replicate_(static_cast<std::uint32_t>(replicate)) {}

  [[nodiscard]] std::uint32_t word() {
    if (next_ % 4 == 0) words_ = random::words(seed_, next_ / 4, step_, stream_, replicate_);
    return words_[next_++ % 4];
  }

  /// Even over 0 to count - 1, without bias.
  ///
  /// @source  Lemire (2019), ACM Transactions on Modeling and Computer Simulation 29
  [[nodiscard]] std::uint32_t below(std::uint32_t count) {
    const std::uint32_t refused = (0U - count) % count;
    for (;;) {
      const std::uint64_t product = std::uint64_t{word()} * count;
      if (static_cast<std::uint32_t>(product) >= refused) {
        return static_cast<std::uint32_t>(product >> 32);
      }
    }
  }

  /// Puts the entries in random order (Fisher & Yates).
  template <class T>
  void shuffle(std::span<T> entries) {
    for (std::size_t left = entries.size(); left > 1; --left) {
      std::swap(entries[left - 1], entries[below(static_cast<std::uint32_t>(left))]);
    }
  }

 private:
  std::uint64_t seed_;
  std::uint32_t stream_, step_, replicate_;
  std::uint32_t next_ = 0;
  std::array<std::uint32_t, 4> words_{};
};

/// The points of one design, by row.
class PointSource {
 public:
  PointSource() = default;
  PointSource(const PointSource&) = delete;
  PointSource& operator=(const PointSource&) = delete;
  virtual ~PointSource() = default;
  [[nodiscard]] virtual std::vector<double> point(std::size_t row) const = 0;
  [[nodiscard]] virtual RowPlace place(std::size_t row) const = 0;
};

using Source = std::shared_ptr<const PointSource>;

/// Of kinds without violations.
[[nodiscard]] Source make_source(const GridDesign& design, std::size_t factors);
[[nodiscard]] Source make_source(const ListDesign& design, std::size_t factors);
[[nodiscard]] Source make_source(const RandomDesign& design, std::size_t factors);
[[nodiscard]] Source make_source(const LatinDesign& design, std::size_t factors);
[[nodiscard]] Source make_source(const SobolDesign& design, std::size_t factors);
[[nodiscard]] Source make_source(const SaltelliDesign& design, std::size_t factors);
[[nodiscard]] Source make_source(const MorrisDesign& design, std::size_t factors);
[[nodiscard]] Source make_source(const OneAtATimeDesign& design, std::size_t factors);

}  // namespace entente::detail
