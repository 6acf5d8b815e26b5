#include <algorithm>
#include <array>
#include <bit>
#include <boost/random/sobol.hpp>
#include <stdexcept>

#include "ensemble/point_source.hpp"

namespace entente {
namespace detail {
namespace {

constexpr std::size_t digits = 32;
using Engine = boost::random::sobol_engine<std::uint32_t, digits>;

/// Any point of the sequence in any order. Point n is the sum without carry of the directions at
/// the digits of the Gray code of n.
class SobolSequence {
 public:
  SobolSequence(std::size_t columns, Scramble scramble, std::uint64_t seed)
      : columns_(columns), scramble_(scramble), seed_(seed), directions_(columns * digits) {
    Engine engine(columns);
    for (std::size_t digit = 0; digit < digits; ++digit) read_direction(engine, digit);
  }

  /// Column c of point n, in [0, 1).
  [[nodiscard]] double at(std::size_t n, std::size_t c) const {
    std::uint32_t x = 0;
    auto code = static_cast<std::uint32_t>(n ^ (n >> 1));
    for (; code != 0; code &= code - 1) {
      x ^= directions_[c * digits + static_cast<std::size_t>(std::countr_zero(code))];
    }
    switch (scramble_) {
      case Scramble::none:
        return static_cast<double>(x) * 0x1p-32;
      case Scramble::shift:
        return random::uniform(x ^ random::word(seed_, static_cast<std::uint32_t>(c), 0,
                                                stream_of(DesignDraw::shift), 0));
      case Scramble::owen:
        break;
    }
    return random::uniform(scrambled(x, c));
  }

 private:
  /// Points 2^digit and the one before differ by one direction. The engine leaves out the origin:
  /// its point s is point s + 1 of the sequence.
  void read_direction(Engine& engine, std::size_t digit) {
    std::vector<std::uint32_t> before(columns_);
    const std::uint32_t first = std::uint32_t{1} << digit;
    if (first > 1) {
      engine.seed(first - 2);
      for (auto& word : before) word = engine();
    }
    engine.seed(first - 1);
    for (std::size_t c = 0; c < columns_; ++c) {
      directions_[c * digits + digit] = engine() ^ before[c];
    }
  }

  /// Flips each digit by a bit of its own for each of the digits before it. The flips are the nodes
  /// of a binary tree; a random address holds those of seven levels, 127 of its 128 bits.
  [[nodiscard]] std::uint32_t scrambled(std::uint32_t x, std::size_t c) const {
    constexpr std::size_t levels = 7;
    const auto stream = stream_of(DesignDraw::owen, c);
    std::uint32_t flips = 0;
    for (std::size_t top = 0; top < digits; top += levels) {
      const auto before =
          static_cast<std::uint32_t>(top == 0 ? 0 : std::uint64_t{x} >> (digits - top));
      const auto words = random::words(seed_, before, static_cast<std::uint32_t>(top), stream, 0);
      std::uint32_t node = 1;  // children of a node: 2 node, 2 node + 1
      for (std::size_t digit = top; digit < std::min(top + levels, digits); ++digit) {
        const std::size_t down = digits - 1 - digit;
        flips |= (words[node / 32] >> (node % 32) & 1U) << down;
        node = 2 * node + (x >> down & 1U);
      }
    }
    return x ^ flips;
  }

  std::size_t columns_;
  Scramble scramble_;
  std::uint64_t seed_;
  std::vector<std::uint32_t> directions_;  // (columns, digits)
};

class SobolSource final : public PointSource {
 public:
  SobolSource(const SobolDesign& design, std::size_t factors)
      : factors_(factors), skip_(design.skip), sequence_(factors, design.scramble, design.seed) {}

  [[nodiscard]] std::vector<double> point(std::size_t row) const override {
    std::vector<double> point(factors_);
    for (std::size_t f = 0; f < factors_; ++f) point[f] = sequence_.at(row + skip_, f);
    return point;
  }
  [[nodiscard]] RowPlace place(std::size_t) const override { return {}; }

 private:
  std::size_t factors_;
  std::size_t skip_;
  SobolSequence sequence_;
};

class SaltelliSource final : public PointSource {
 public:
  SaltelliSource(const SaltelliDesign& design, std::size_t factors)
      : factors_(factors),
        second_order_(design.second_order),
        skip_(design.skip),
        sequence_(2 * factors, design.scramble, design.seed) {}

  [[nodiscard]] std::vector<double> point(std::size_t row) const override {
    const SaltelliPlace at = saltelli_place(row);
    std::vector<double> point(factors_);
    for (std::size_t f = 0; f < factors_; ++f) {
      point[f] = sequence_.at(at.n + skip_, is_of_b(at, f) ? factors_ + f : f);
    }
    return point;
  }
  [[nodiscard]] RowPlace place(std::size_t row) const override { return saltelli_place(row); }

 private:
  [[nodiscard]] static bool is_of_b(const SaltelliPlace& at, std::size_t f) {
    switch (at.matrix) {
      case SaltelliMatrix::a:
        return false;
      case SaltelliMatrix::ab:
        return f == at.factor;
      case SaltelliMatrix::ba:
        return f != at.factor;
      case SaltelliMatrix::b:
        break;
    }
    return true;
  }

  [[nodiscard]] SaltelliPlace saltelli_place(std::size_t row) const {
    const std::size_t group = (second_order_ ? 2 * factors_ : factors_) + 2;
    const std::size_t n = row / group;
    const std::size_t at = row % group;
    if (at == 0) return {n, SaltelliMatrix::a, 0};
    if (at + 1 == group) return {n, SaltelliMatrix::b, 0};
    if (at <= factors_) return {n, SaltelliMatrix::ab, at - 1};
    return {n, SaltelliMatrix::ba, at - 1 - factors_};
  }

  std::size_t factors_;
  bool second_order_;
  std::size_t skip_;
  SobolSequence sequence_;
};

}  // namespace

Source make_source(const SobolDesign& design, std::size_t factors) {
  return std::make_shared<SobolSource>(design, factors);
}

Source make_source(const SaltelliDesign& design, std::size_t factors) {
  return std::make_shared<SaltelliSource>(design, factors);
}

}  // namespace detail

std::size_t row_of(const SaltelliDesign& design, std::size_t factors, const SaltelliPlace& place) {
  const bool is_mixed = place.matrix == SaltelliMatrix::ab || place.matrix == SaltelliMatrix::ba;
  if (place.n >= design.base || place.factor >= (is_mixed ? factors : 1) ||
      (place.matrix == SaltelliMatrix::ba && !design.second_order)) {
    throw std::out_of_range("row_of: the design has no such row");
  }
  const std::size_t group = (design.second_order ? 2 * factors : factors) + 2;
  const std::size_t first = place.n * group;
  switch (place.matrix) {
    case SaltelliMatrix::a:
      return first;
    case SaltelliMatrix::ab:
      return first + 1 + place.factor;
    case SaltelliMatrix::ba:
      return first + 1 + factors + place.factor;
    case SaltelliMatrix::b:
      break;
  }
  return first + group - 1;
}

}  // namespace entente
