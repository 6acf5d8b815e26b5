#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "core/math.hpp"
#include "ensemble/point_source.hpp"

namespace entente::detail {
namespace {

/// The stratum of each entry, shape (points, factors), and how far its points are apart.
class Strata {
 public:
  Strata(std::size_t points, std::size_t factors, std::uint64_t seed, std::size_t number)
      : points_(points), factors_(factors), of_(points * factors) {
    std::vector<std::uint32_t> column(points);
    for (std::size_t f = 0; f < factors; ++f) {
      std::iota(column.begin(), column.end(), std::uint32_t{0});
      DrawSequence(seed, DesignDraw::latin_permutation, f, number)
          .shuffle(std::span<std::uint32_t>(column));
      for (std::size_t n = 0; n < points; ++n) of_[n * factors + f] = column[n];
    }
  }

  [[nodiscard]] std::uint32_t at(std::size_t n, std::size_t f) const {
    return of_[n * factors_ + f];
  }
  void exchange(std::size_t n, std::size_t m, std::size_t f) {
    std::swap(of_[n * factors_ + f], of_[m * factors_ + f]);
  }
  [[nodiscard]] std::vector<std::uint32_t> take() { return std::move(of_); }

  /// Square of the distance, in strata.
  [[nodiscard]] std::uint64_t square(std::size_t n, std::size_t m) const {
    std::uint64_t sum = 0;
    for (std::size_t f = 0; f < factors_; ++f) {
      const std::int64_t d = std::int64_t{at(n, f)} - std::int64_t{at(m, f)};
      sum += static_cast<std::uint64_t>(d * d);
    }
    return sum;
  }

  /// Share of one point in the sum of d^-16, but for another point.
  [[nodiscard]] double crowding(std::size_t n, std::size_t but) const {
    double sum = 0.0;
    for (std::size_t m = 0; m < points_; ++m) {
      if (m != n && m != but) sum += closeness(square(n, m));
    }
    return sum;
  }

  /// The least square of a distance, and the sum of d^-16 over pairs.
  struct Spread {
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    double sum = 0.0;
    [[nodiscard]] bool better_than(const Spread& other) const {
      return least != other.least ? least > other.least : sum < other.sum;
    }
  };
  [[nodiscard]] Spread spread() const {
    Spread spread;
    for (std::size_t n = 0; n < points_; ++n) {
      for (std::size_t m = n + 1; m < points_; ++m) {
        const std::uint64_t d2 = square(n, m);
        spread.least = std::min(spread.least, d2);
        spread.sum += closeness(d2);
      }
    }
    return spread;
  }

 private:
  /// d^-16.
  [[nodiscard]] static double closeness(std::uint64_t square) {
    const double inverse = 1.0 / static_cast<double>(square);
    const double fourth = inverse * inverse;
    const double eighth = fourth * fourth;
    return eighth * eighth;
  }

  std::size_t points_, factors_;
  std::vector<std::uint32_t> of_;
};

/// phi_16 of a sum of d^-16.
double phi(double sum) { return math::sqrt(math::sqrt(math::sqrt(math::sqrt(sum)))); }

Strata best_of(const LatinDesign& design, std::size_t factors) {
  Strata best(design.points, factors, design.seed, 0);
  auto spread = best.spread();
  for (std::size_t number = 1; number < design.tries; ++number) {
    Strata other(design.points, factors, design.seed, number);
    const auto others = other.spread();
    if (!others.better_than(spread)) continue;
    best = std::move(other);
    spread = others;
  }
  return best;
}

Strata annealed(const LatinDesign& design, std::size_t factors) {
  constexpr double hot = 5e-2;  // of the first phi
  constexpr double cold = 1e-5;
  Strata now(design.points, factors, design.seed, 0);
  const Strata plain = now;
  Strata best = now;
  double sum = now.spread().sum;
  double largest = sum;  // since it was summed anew
  double least = sum;
  double temperature = hot * phi(sum);
  const double ratio = math::exp(math::log(cold / hot) / static_cast<double>(design.tries));
  DrawSequence draws(design.seed, DesignDraw::latin_exchange, 0, 0);
  const auto points = static_cast<std::uint32_t>(design.points);
  for (std::size_t n = 0; n < design.tries; ++n, temperature *= ratio) {
    const std::size_t f = draws.below(static_cast<std::uint32_t>(factors));
    const std::uint32_t a = draws.below(points);
    std::uint32_t b = draws.below(points - 1);
    if (b >= a) ++b;
    const double luck = random::uniform(draws.word());
    const double before = now.crowding(a, b) + now.crowding(b, a);
    now.exchange(a, b, f);
    const double changed = std::max(0.0, sum - before) + now.crowding(a, b) + now.crowding(b, a);
    if (luck >= math::exp((phi(sum) - phi(changed)) / temperature)) {
      now.exchange(a, b, f);
      continue;
    }
    sum = changed;
    largest = std::max(largest, sum);
    if (sum < 1e-4 * largest) sum = largest = now.spread().sum;  // differences have lost digits
    if (sum < least) {
      least = sum;
      best = now;
    }
  }
  return plain.spread().better_than(best.spread()) ? plain : best;
}

Strata strata_of(const LatinDesign& design, std::size_t factors) {
  // One point has no distances, nor can it be exchanged.
  if (design.points > 1 && factors > 0) {
    if (design.criterion == LatinDesign::Criterion::best_of) return best_of(design, factors);
    if (design.criterion == LatinDesign::Criterion::exchange) return annealed(design, factors);
  }
  return {design.points, factors, design.seed, 0};
}

class LatinSource final : public PointSource {
 public:
  LatinSource(const LatinDesign& design, std::size_t factors)
      : design_(design), factors_(factors), strata_(strata_of(design, factors).take()) {}

  [[nodiscard]] std::vector<double> point(std::size_t row) const override {
    std::vector<double> point(factors_);
    for (std::size_t f = 0; f < factors_; ++f) {
      const double inside =
          design_.centred
              ? 0.5
              : random::uniform(random::word(design_.seed, static_cast<std::uint32_t>(f), 0,
                                             stream_of(DesignDraw::latin_place),
                                             static_cast<std::uint32_t>(row)));
      point[f] = (strata_[row * factors_ + f] + inside) / static_cast<double>(design_.points);
    }
    return point;
  }
  [[nodiscard]] RowPlace place(std::size_t) const override { return {}; }

 private:
  LatinDesign design_;
  std::size_t factors_;
  std::vector<std::uint32_t> strata_;
};

}  // namespace

Source make_source(const LatinDesign& design, std::size_t factors) {
  return std::make_shared<LatinSource>(design, factors);
}

}  // namespace entente::detail
