#include "entente/ensemble/state_summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace entente {

void StateSummary::Moments::resize(std::size_t size) {
  sum.resize(size);
  square.resize(size);
}

void StateSummary::Moments::add(const std::vector<float>& values, std::size_t replicates,
                                std::size_t steps) {
  const float* value = values.data();  // (rows, R, T)
  for (std::size_t first = 0; first < sum.size(); first += steps) {
    for (std::size_t r = 0; r < replicates; ++r) {
      for (std::size_t x = first; x < first + steps; ++x, ++value) {
        sum[x] += static_cast<double>(*value);
        square[x] += static_cast<double>(*value) * static_cast<double>(*value);
      }
    }
  }
}

Spread StateSummary::Moments::spread(std::size_t x, std::size_t replicates) const {
  const auto n = static_cast<double>(replicates);
  const double mean = sum[x] / n;  // 0 / 0 is not a number
  return {mean, std::sqrt(std::max(0.0, square[x] / n - mean * mean))};
}

StateSummary::StateSummary(const Model& model)
    : authorities_(model.authorities.size()),
      groups_(model.groups.size()),
      bodies_(model.bodies.size()),
      steps_(model.calendar.steps()),
      rungs_(std::max(model.rights.size(), model.posture.size())) {
  rung_counts_.resize(authorities_ * (1 + groups_) * steps_ * rungs_);
  yes_.resize(bodies_ * steps_);
  states_.resize(authorities_ * authority_state_count * steps_);
  activity_.resize(groups_ * steps_);
}

void StateSummary::record(const TileResult& tile) {
  const std::uint8_t* rung = tile.authority_rungs.data();
  for (std::size_t row = 0; row < authorities_ * (1 + groups_); ++row) {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      for (std::size_t t = 0; t < steps_; ++t) {
        ++rung_counts_[(row * steps_ + t) * rungs_ + *rung++];
      }
    }
  }
  const std::uint8_t* yes = tile.bodies.data();
  for (std::size_t b = 0; b < bodies_; ++b) {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      for (std::size_t t = 0; t < steps_; ++t) yes_[b * steps_ + t] += *yes++;
    }
  }
  states_.add(tile.authority_states, tile.replicates, steps_);
  activity_.add(tile.activity, tile.replicates, steps_);
  replicates_ += tile.replicates;
}

std::uint64_t StateSummary::rung_count(std::size_t authority, std::size_t ladder, std::size_t t,
                                       Rung r) const {
  return rung_counts_[((authority * (1 + groups_) + ladder) * steps_ + t) * rungs_ + r];
}

std::uint64_t StateSummary::yes_count(std::size_t body, std::size_t t) const {
  return yes_[body * steps_ + t];
}

Spread StateSummary::state(std::size_t authority, AuthorityState state, std::size_t t) const {
  const std::size_t row = authority * authority_state_count + static_cast<std::size_t>(state);
  return states_.spread(row * steps_ + t, replicates_);
}

Spread StateSummary::activity(std::size_t group, std::size_t t) const {
  return activity_.spread(group * steps_ + t, replicates_);
}

double StateSummary::share(std::uint64_t count) const {
  if (replicates_ == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(count) / static_cast<double>(replicates_);
}

}  // namespace entente
