#include <algorithm>
#include <numeric>
#include <utility>

#include "core/math.hpp"
#include "ensemble/point_source.hpp"

namespace entente {
namespace detail {
namespace {

/// One trajectory: where each factor starts and ends, in levels, and the order of changes.
struct Trajectory {
  std::vector<std::size_t> first, last;  // by factor
  std::vector<std::size_t> order;        // the factor changed at each step
  std::vector<std::size_t> step_of;      // by factor: its step, from 0

  Trajectory(const MorrisDesign& design, std::size_t factors, std::size_t number)
      : first(factors), last(factors), order(factors), step_of(factors) {
    DrawSequence draws(design.seed, DesignDraw::morris, 0, number);
    const std::size_t half = design.levels / 2;
    for (std::size_t f = 0; f < factors; ++f) {
      first[f] = draws.below(static_cast<std::uint32_t>(half));
      last[f] = first[f] + half;
      if (draws.below(2) == 1) std::swap(first[f], last[f]);
    }
    std::iota(order.begin(), order.end(), std::size_t{0});
    draws.shuffle(std::span<std::size_t>(order));
    for (std::size_t s = 0; s < factors; ++s) step_of[order[s]] = s;
  }

  /// Level of a factor once `steps` have been made.
  [[nodiscard]] std::size_t level(std::size_t f, std::size_t steps) const {
    return step_of[f] < steps ? last[f] : first[f];
  }
};

/// Square of the difference of two levels.
std::uint64_t square(std::size_t x, std::size_t y) {
  const std::size_t d = x > y ? x - y : y - x;
  return d * d;
}

/// Sum over the points of one of the distances from those of the other, in levels.
double distance(const Trajectory& a, const Trajectory& b) {
  const std::size_t factors = a.order.size();
  double sum = 0.0;
  for (std::size_t s = 0; s <= factors; ++s) {
    std::uint64_t apart = 0;
    for (std::size_t f = 0; f < factors; ++f) apart += square(a.level(f, s), b.first[f]);
    sum += math::sqrt(static_cast<double>(apart));
    for (const auto f : b.order) {  // one factor moves
      apart = apart - square(a.level(f, s), b.first[f]) + square(a.level(f, s), b.last[f]);
      sum += math::sqrt(static_cast<double>(apart));
    }
  }
  return sum;
}

/// Chooses the trajectories that spread most.
class Chooser {
 public:
  Chooser(const MorrisDesign& design, std::size_t factors)
      : candidates_(design.candidates),
        wanted_(design.trajectories),
        squares_(candidates_ * candidates_),
        is_in_(candidates_) {
    std::vector<Trajectory> all;
    for (std::size_t n = 0; n < candidates_; ++n) all.emplace_back(design, factors, n);
    for (std::size_t i = 0; i < candidates_; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const double d = distance(all[i], all[j]);
        squares_[i * candidates_ + j] = squares_[j * candidates_ + i] = d * d;
      }
    }
  }

  std::vector<std::size_t> choose() {
    add_first();
    while (chosen_.size() < wanted_) add(most(candidates_));
    while (improve()) {
    }
    std::sort(chosen_.begin(), chosen_.end());
    return chosen_;
  }

 private:
  void add(std::size_t n) {
    chosen_.push_back(n);
    is_in_[n] = true;
  }

  void add_first() {
    const auto at = std::max_element(squares_.begin(), squares_.end()) - squares_.begin();
    const std::size_t pair = static_cast<std::size_t>(at);
    add(pair / candidates_);
    if (wanted_ > 1) add(pair % candidates_);
  }

  /// What a trajectory adds to the chosen ones but `but`.
  [[nodiscard]] double gain(std::size_t n, std::size_t but) const {
    double sum = 0.0;
    for (const auto m : chosen_) {
      if (m != but) sum += squares_[n * candidates_ + m];
    }
    return sum;
  }

  /// The candidate outside that adds most; the first of equals.
  [[nodiscard]] std::size_t most(std::size_t but) const {
    std::size_t best = candidates_;
    double top = -1.0;
    for (std::size_t n = 0; n < candidates_; ++n) {
      if (is_in_[n]) continue;
      const double found = gain(n, but);
      if (found > top) {
        top = found;
        best = n;
      }
    }
    return best;
  }

  /// Exchanges one that gains by it. Rounding could go round in circles, hence the margin.
  bool improve() {
    if (chosen_.size() == candidates_) return false;
    for (auto& one : chosen_) {
      const std::size_t other = most(one);
      if (gain(other, one) <= gain(one, one) * (1.0 + 1e-12)) continue;
      is_in_[one] = false;
      is_in_[other] = true;
      one = other;
      return true;
    }
    return false;
  }

  std::size_t candidates_, wanted_;
  std::vector<double> squares_;
  std::vector<bool> is_in_;
  std::vector<std::size_t> chosen_;
};

class MorrisSource final : public PointSource {
 public:
  MorrisSource(const MorrisDesign& design, std::size_t factors)
      : design_(design), factors_(factors) {
    if (design.candidates > 0) chosen_ = Chooser(design, factors).choose();
  }

  [[nodiscard]] std::vector<double> point(std::size_t row) const override {
    const Trajectory trajectory = trajectory_at(row);
    std::vector<double> point(factors_);
    for (std::size_t f = 0; f < factors_; ++f) {
      point[f] = static_cast<double>(trajectory.level(f, row % (factors_ + 1))) /
                 static_cast<double>(design_.levels - 1);
    }
    return point;
  }

  [[nodiscard]] RowPlace place(std::size_t row) const override {
    MorrisPlace place;
    place.trajectory = row / (factors_ + 1);
    place.step = row % (factors_ + 1);
    if (place.step > 0) {
      const Trajectory trajectory = trajectory_at(row);
      const std::size_t f = trajectory.order[place.step - 1];
      place.factor = f;
      place.change = trajectory.last[f] > trajectory.first[f] ? design_.delta() : -design_.delta();
    }
    return place;
  }

 private:
  [[nodiscard]] Trajectory trajectory_at(std::size_t row) const {
    const std::size_t number = row / (factors_ + 1);
    return {design_, factors_, chosen_.empty() ? number : chosen_[number]};
  }

  MorrisDesign design_;
  std::size_t factors_;
  std::vector<std::size_t> chosen_;
};

}  // namespace

Source make_source(const MorrisDesign& design, std::size_t factors) {
  return std::make_shared<MorrisSource>(design, factors);
}

}  // namespace detail

double MorrisDesign::delta() const {
  return static_cast<double>(levels) / (2.0 * static_cast<double>(levels - 1));
}

}  // namespace entente
