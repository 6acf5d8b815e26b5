#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>

#include "entente/ensemble/paired.hpp"

namespace entente {
namespace {

/// Numbers of those of `actors` that stand at or above each rung of the ladder.
std::array<std::uint32_t, max_rungs> count_above(const Rung* rung,
                                                 const std::vector<std::uint32_t>& actors,
                                                 std::size_t rungs) {
  std::array<std::uint32_t, max_rungs> above{};
  for (const auto i : actors) ++above[rung[i]];
  for (std::size_t r = rungs; r-- > 1;) above[r - 1] += above[r];
  return above;
}

/// Lowers `first` to the first step at which any of two sets of `runs` runs differ.
template <class T>
void find_first(const T* x, const T* y, std::size_t runs, std::size_t steps,
                std::optional<std::uint32_t>& first) {
  for (std::size_t run = 0; run < runs; ++run, x += steps, y += steps) {
    const std::size_t limit = first.value_or(static_cast<std::uint32_t>(steps));
    const auto at = static_cast<std::size_t>(std::mismatch(x, x + limit, y).first - x);
    if (at < limit) first = static_cast<std::uint32_t>(at);
  }
}

}  // namespace

Comparison::Comparison(const Model& baseline, const Model& variant)
    : actors_(baseline.actors.size()),
      steps_(baseline.calendar.steps()),
      rungs_(0),
      rows_(baseline.authorities.size() * ladder_count),
      authority_rows_(baseline.authorities.size() * (1 + baseline.groups.size())),
      groups_(baseline.groups.size()),
      baseline_bodies_(baseline.bodies.size()),
      variant_bodies_(variant.bodies.size()),
      variant_(variant) {
  std::string found;
  for (const auto& line : mismatches(baseline, variant)) found.append("\n  ").append(line);
  if (!found.empty()) throw std::invalid_argument("Comparison: not a pair of models:" + found);
  is_forced_ = forced_pairs(baseline, variant);
  forced_actors_.resize(rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    row_rungs_.push_back(baseline.ladders[row % ladder_count].size());
    rungs_ = std::max(rungs_, row_rungs_.back());
    for (std::uint32_t i = 0; i < actors_; ++i) {
      if (is_forced_[row * actors_ + i] != 0) forced_actors_[row].push_back(i);
    }
  }
  for (std::size_t x = 0; x < baseline_bodies_; ++x) {
    for (std::size_t y = 0; y < variant_bodies_; ++y) {
      if (baseline.bodies[x].id == variant.bodies[y].id) bodies_.emplace_back(x, y);
    }
  }
  for (auto* sums : {&count_, &forced_, &followers_}) sums->resize(rows_ * steps_ * rungs_);
  changed_.resize(rows_ * actors_);
  joint_.resize(rows_ * actors_ * rungs_ * rungs_);
  differs_.resize(actors_);
}

void Comparison::check(const TileResult& baseline, const TileResult& variant) const {
  if (baseline.first_replicate != variant.first_replicate ||
      baseline.replicates != variant.replicates) {
    throw std::invalid_argument("Comparison: the tiles hold different replicates");
  }
  const std::size_t runs = baseline.replicates * steps_;
  const auto fits = [&](const TileResult& tile, std::size_t bodies) {
    return tile.rungs.size() == rows_ * runs * actors_ &&
           tile.at_or_above.size() == rows_ * runs * rungs_ &&
           tile.authority_rungs.size() == authority_rows_ * runs &&
           tile.authority_states.size() == rows_ / ladder_count * authority_state_count * runs &&
           tile.activity.size() == groups_ * runs && tile.bodies.size() == bodies * runs;
  };
  if (!fits(baseline, baseline_bodies_) || !fits(variant, variant_bodies_)) {
    throw std::invalid_argument(
        "Comparison: a tile belongs to another model or was recorded without rungs");
  }
}

void Comparison::record(const TileResult& baseline, const TileResult& variant) {
  check(baseline, variant);
  variant_.record(variant);
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t r = 0; r < baseline.replicates; ++r) record_path(baseline, variant, row, r);
  }
  find_difference(baseline, variant);
  pairs_ += baseline.replicates;
}

void Comparison::record_path(const TileResult& baseline, const TileResult& variant, std::size_t row,
                             std::size_t replicate) {
  const std::size_t run = (row * baseline.replicates + replicate) * steps_;
  const Rung* x = &baseline.rungs[run * actors_];
  const Rung* y = &variant.rungs[run * actors_];
  // Most paths are the same, and of the others most steps: compare these whole.
  const bool same_path = std::memcmp(x, y, steps_ * actors_) == 0;
  if (!same_path) std::fill(differs_.begin(), differs_.end(), std::uint8_t{0});
  for (std::size_t t = 0; t < steps_; ++t, x += actors_, y += actors_) {
    const bool same = same_path || std::memcmp(x, y, actors_) == 0;
    record_step(&baseline.at_or_above[(run + t) * rungs_], &variant.at_or_above[(run + t) * rungs_],
                x, y, same, row, t);
    if (same) continue;
    for (std::size_t i = 0; i < actors_; ++i) {
      differs_[i] = static_cast<std::uint8_t>(differs_[i] | (x[i] ^ y[i]));
    }
    if (!first_difference_ || t < *first_difference_) {
      first_difference_ = static_cast<std::uint32_t>(t);
    }
  }
  record_end(x - actors_, y - actors_, row);
  if (same_path) return;
  for (std::size_t i = 0; i < actors_; ++i) {
    changed_[row * actors_ + i] += differs_[i] != 0 ? 1U : 0U;
  }
}

void Comparison::record_step(const std::uint32_t* baseline, const std::uint32_t* variant,
                             const Rung* x, const Rung* y, bool same, std::size_t row,
                             std::size_t t) {
  const std::size_t rungs = row_rungs_[row];
  const auto& actors = forced_actors_[row];
  const auto forced_x = count_above(x, actors, rungs);
  const auto forced_y = same ? forced_x : count_above(y, actors, rungs);
  const std::size_t first = (row * steps_ + t) * rungs_;
  for (std::size_t r = 0; r < rungs; ++r) {
    count_[first + r].add(baseline[r], variant[r]);
    forced_[first + r].add(forced_x[r], forced_y[r]);
    followers_[first + r].add(baseline[r] - forced_x[r], variant[r] - forced_y[r]);
  }
}

void Comparison::record_end(const Rung* x, const Rung* y, std::size_t row) {
  std::uint32_t* joint = &joint_[row * actors_ * rungs_ * rungs_];
  for (std::size_t i = 0; i < actors_; ++i, joint += rungs_ * rungs_) {
    ++joint[x[i] * rungs_ + y[i]];
  }
}

void Comparison::find_difference(const TileResult& baseline, const TileResult& variant) {
  const std::size_t runs = baseline.replicates;
  const auto compare = [&](const auto& x, const auto& y) {
    find_first(x.data(), y.data(), x.size() / steps_, steps_, first_difference_);
  };
  compare(baseline.authority_rungs, variant.authority_rungs);
  compare(baseline.authority_states, variant.authority_states);
  compare(baseline.activity, variant.activity);
  for (const auto& [x, y] : bodies_) {
    find_first(&baseline.bodies[x * runs * steps_], &variant.bodies[y * runs * steps_], runs,
               steps_, first_difference_);
  }
}

std::size_t Comparison::row(std::size_t authority, LadderRole ladder) const {
  return authority * ladder_count + index_of(ladder);
}

double Comparison::share(std::uint64_t count) const {
  if (pairs_ == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(count) / static_cast<double>(pairs_);
}

PairedEstimate Comparison::count(std::size_t authority, LadderRole ladder, std::size_t t,
                                 Rung r) const {
  return count_[(row(authority, ladder) * steps_ + t) * rungs_ + r].estimate();
}

PairedEstimate Comparison::forced(std::size_t authority, LadderRole ladder, std::size_t t,
                                  Rung r) const {
  return forced_[(row(authority, ladder) * steps_ + t) * rungs_ + r].estimate();
}

PairedEstimate Comparison::followers(std::size_t authority, LadderRole ladder, std::size_t t,
                                     Rung r) const {
  return followers_[(row(authority, ladder) * steps_ + t) * rungs_ + r].estimate();
}

bool Comparison::is_forced(std::size_t authority, LadderRole ladder, std::size_t actor) const {
  return is_forced_[row(authority, ladder) * actors_ + actor] != 0;
}

double Comparison::changed(std::size_t authority, LadderRole ladder, std::size_t actor) const {
  return share(changed_[row(authority, ladder) * actors_ + actor]);
}

const std::uint32_t* Comparison::joint_of(std::size_t authority, LadderRole ladder,
                                          std::size_t actor) const {
  return &joint_[(row(authority, ladder) * actors_ + actor) * rungs_ * rungs_];
}

double Comparison::joint(std::size_t authority, LadderRole ladder, std::size_t actor, Rung r0,
                         Rung r1) const {
  return share(joint_of(authority, ladder, actor)[r0 * rungs_ + r1]);
}

double Comparison::higher(std::size_t authority, LadderRole ladder, std::size_t actor) const {
  const std::uint32_t* joint = joint_of(authority, ladder, actor);
  std::uint64_t count = 0;
  for (std::size_t r0 = 0; r0 < rungs_; ++r0) {
    for (std::size_t r1 = r0 + 1; r1 < rungs_; ++r1) count += joint[r0 * rungs_ + r1];
  }
  return share(count);
}

double Comparison::lower(std::size_t authority, LadderRole ladder, std::size_t actor) const {
  const std::uint32_t* joint = joint_of(authority, ladder, actor);
  std::uint64_t count = 0;
  for (std::size_t r0 = 1; r0 < rungs_; ++r0) {
    for (std::size_t r1 = 0; r1 < r0; ++r1) count += joint[r0 * rungs_ + r1];
  }
  return share(count);
}

}  // namespace entente
