#include "ensemble/measures_values.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <utility>

#include "core/math.hpp"

namespace entente::detail {
namespace {

using Actors = std::vector<std::uint32_t>;

std::uint32_t count_in(std::span<const Rung> rungs, const Actors& actors, Rung rung) {
  return static_cast<std::uint32_t>(std::count_if(
      actors.begin(), actors.end(), [&](std::uint32_t i) { return rungs[i] >= rung; }));
}

/// At or above the rung at the end of a step. Whoever has all in mind is served by the counts.
std::uint32_t count(const ReplicateView& replicate, const Stand& stand, const Actors& actors,
                    std::size_t t) {
  if (actors.empty()) return replicate.at_or_above(stand.authority, stand.ladder, t)[stand.rung];
  return count_in(replicate.rungs(stand.authority, stand.ladder, t), actors, stand.rung);
}

std::uint32_t count_at_start(const ReplicateView& replicate, const Stand& stand,
                             const Actors& actors) {
  const auto rungs = replicate.initial_rungs(stand.authority, stand.ladder);
  if (!actors.empty()) return count_in(rungs, actors, stand.rung);
  return static_cast<std::uint32_t>(
      std::count_if(rungs.begin(), rungs.end(), [&](Rung r) { return r >= stand.rung; }));
}

/// Number of the actors on each rung of a ladder at the end of a step.
std::array<std::uint32_t, max_rungs> histogram(const ReplicateView& replicate,
                                               std::size_t authority, LadderRole ladder,
                                               const Actors& actors, std::size_t t) {
  std::array<std::uint32_t, max_rungs> number{};
  const std::size_t rungs = replicate.world().heights[index_of(ladder)].size();
  if (actors.empty()) {
    const auto from = replicate.at_or_above(authority, ladder, t);
    for (std::size_t r = 0; r < rungs; ++r) number[r] = from[r] - (r + 1 < rungs ? from[r + 1] : 0);
  } else {
    const auto row = replicate.rungs(authority, ladder, t);
    for (const auto i : actors) ++number[row[i]];
  }
  return number;
}

double mean_height(const ReplicateView& replicate, std::size_t authority, LadderRole ladder,
                   const Actors& actors, std::size_t t) {
  const auto& heights = replicate.world().heights[index_of(ladder)];
  const auto number = histogram(replicate, authority, ladder, actors, t);
  std::uint64_t sum = 0;
  for (std::size_t r = 0; r < heights.size(); ++r) sum += std::uint64_t{number[r]} * heights[r];
  const std::size_t n = actors.empty() ? replicate.world().actors : actors.size();
  return static_cast<double>(sum) / static_cast<double>(n * height_unit);
}

double importance_at(const ReplicateView& replicate, const ImportanceMeasure& m, std::size_t t) {
  const auto row = replicate.rungs(m.stand.authority, m.stand.ladder, t);
  double part = 0.0;
  double whole = 0.0;
  const auto take = [&](std::size_t i) {
    const auto weight = static_cast<double>(replicate.world().importance[i]);
    whole += weight;
    if (row[i] >= m.stand.rung) part += weight;
  };
  for (const auto i : m.actors) take(i);
  for (std::size_t i = 0; m.actors.empty() && i < row.size(); ++i) take(i);
  return part / whole;
}

/// share^(1 + alpha)
double identified(double share, double alpha) {
  return share > 0.0 ? share * math::exp(alpha * math::log(share)) : 0.0;
}

double dispersion(const ReplicateView& replicate, const DispersionMeasure& m, std::size_t t) {
  const auto& heights = replicate.world().heights[index_of(m.ladder)];
  const auto number = histogram(replicate, m.authority, m.ladder, m.actors, t);
  const auto n = static_cast<double>(m.actors.empty() ? replicate.world().actors : m.actors.size());
  double sum = 0.0;
  for (std::size_t r = 0; r < heights.size(); ++r) {
    std::uint64_t distances = 0;
    for (std::size_t q = 0; q < heights.size(); ++q) {
      const int apart = std::abs(int{heights[r]} - int{heights[q]});
      distances += std::uint64_t{number[q]} * static_cast<std::uint64_t>(apart);
    }
    sum += identified(number[r] / n, m.alpha) * static_cast<double>(distances);
  }
  return sum / (n * height_unit * identified(0.5, m.alpha));
}

/// Who has reached a rung so far.
class Arrivals {
 public:
  Arrivals(Actors waiting, Rung rung) : waiting_(std::move(waiting)), rung_(rung) {}

  void see(std::span<const Rung> rungs) {
    reached_ += std::erase_if(waiting_, [&](std::uint32_t i) { return rungs[i] >= rung_; });
  }
  /// Those who are there now are not counted.
  void discount(std::span<const Rung> rungs) {
    see(rungs);
    reached_ = 0;
  }
  [[nodiscard]] std::size_t reached() const noexcept { return reached_; }

 private:
  Actors waiting_;
  Rung rung_;
  std::size_t reached_ = 0;
};

class Valuer {
 public:
  Valuer(const ReplicateView& replicate, std::vector<double>& values)
      : replicate_(replicate), values_(values) {}

  void operator()(const CountMeasure& m) {
    each(m.at,
         [&](auto t) { return static_cast<double>(count(replicate_, m.stand, m.actors, t)); });
  }
  void operator()(const Outcome& m) {
    const Stand stand{m.authority, m.ladder, m.rung};
    std::uint32_t number = count(replicate_, stand, {}, m.step);
    if (!m.leave_out.empty()) number -= count(replicate_, stand, m.leave_out, m.step);
    values_.push_back(number >= m.at_least ? 1.0 : 0.0);
  }
  void operator()(const ImportanceMeasure& m) {
    each(m.at, [&](auto t) { return importance_at(replicate_, m, t); });
  }
  void operator()(const HeightMeasure& m) {
    each(m.at, [&](auto t) { return mean_height(replicate_, m.authority, m.ladder, m.actors, t); });
  }
  void operator()(const PolarisationMeasure& m) {
    each(m.at, [&](auto t) {
      return mean_height(replicate_, m.authority, m.ladder, m.first, t) -
             mean_height(replicate_, m.authority, m.ladder, m.second, t);
    });
  }
  void operator()(const DispersionMeasure& m) {
    each(m.at, [&](auto t) { return dispersion(replicate_, m, t); });
  }
  void operator()(const ArrivalMeasure& m);
  void operator()(const ReachMeasure& m);
  void operator()(const CascadeMeasure& m);
  void operator()(const StateMeasure& m) {
    each(m.at, [&](auto t) { return double{replicate_.state(m.authority, m.state, t)}; });
  }
  void operator()(const PolicyMeasure& m) {
    const auto& world = replicate_.world();
    const auto& value = m.policy == 0 ? world.rights : world.posture;
    each(m.at, [&](auto t) { return double{value[replicate_.policy(m.authority, m.policy, t)]}; });
  }

 private:
  template <class Value>
  void each(const std::vector<std::uint32_t>& steps, const Value& value) {
    if (steps.empty()) values_.push_back(value(replicate_.world().steps - 1));
    for (const std::size_t t : steps) values_.push_back(value(t));
  }
  /// Shows arrivals the steps from `next` on, as far as each value needs them.
  template <class Value>
  void follow(Arrivals& arrivals, const Stand& stand, std::size_t next,
              const std::vector<std::uint32_t>& steps, const Value& value) {
    each(steps, [&](std::size_t t) {
      for (; next <= t; ++next) {
        arrivals.see(replicate_.rungs(stand.authority, stand.ladder, next));
      }
      return value(arrivals.reached());
    });
  }

  const ReplicateView& replicate_;
  std::vector<double>& values_;
};

void Valuer::operator()(const ArrivalMeasure& m) {
  const std::size_t steps = replicate_.world().steps;
  std::size_t ended = 0;  // steps at whose end they stand there for the first time
  bool reached = count_at_start(replicate_, m.stand, m.actors) >= m.at_least;
  while (!reached && ended < steps) {
    reached = count(replicate_, m.stand, m.actors, ended++) >= m.at_least;
  }
  values_.push_back(static_cast<double>(ended) * replicate_.world().dt);
  values_.push_back(reached ? 1.0 : 0.0);
}

void Valuer::operator()(const ReachMeasure& m) {
  Arrivals arrivals(m.actors, m.stand.rung);
  arrivals.see(replicate_.initial_rungs(m.stand.authority, m.stand.ladder));
  const std::size_t wanted = m.at_least == 0 ? m.actors.size() : m.at_least;
  follow(arrivals, m.stand, 0, m.by,
         [&](std::size_t reached) { return reached >= wanted ? 1.0 : 0.0; });
}

void Valuer::operator()(const CascadeMeasure& m) {
  Actors waiting = m.actors;
  for (std::uint32_t i = 0; m.actors.empty() && i < replicate_.world().actors; ++i) {
    waiting.push_back(i);
  }
  std::erase_if(waiting, [&](std::uint32_t i) {
    return std::binary_search(m.leave_out.begin(), m.leave_out.end(), i);
  });
  Arrivals arrivals(std::move(waiting), m.stand.rung);
  const auto& [authority, ladder, rung] = m.stand;
  arrivals.discount(m.after ? replicate_.rungs(authority, ladder, *m.after)
                            : replicate_.initial_rungs(authority, ladder));
  follow(arrivals, m.stand, m.after ? *m.after + std::size_t{1} : 0, m.by,
         [](std::size_t reached) { return static_cast<double>(reached); });
}

}  // namespace

void append_values(const MeasureKind& kind, const ReplicateView& replicate,
                   std::vector<double>& values) {
  std::visit(Valuer(replicate, values), kind);
}

}  // namespace entente::detail
