#include "entente/ensemble/summary.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

std::size_t most_rungs(const Model& model) {
  std::size_t most = 0;
  for (const auto& ladder : model.ladders) most = std::max(most, ladder.size());
  return most;
}

}  // namespace

Summary::Summary(const Model& model)
    : actors_(model.actors.size()), steps_(model.calendar.steps()), rungs_(most_rungs(model)) {
  const std::size_t rows = model.authorities.size() * ladder_count * steps_;
  occupancy_.resize(rows * actors_ * rungs_);
  histogram_.resize(rows * rungs_ * (actors_ + 1));
}

void Summary::record(const TileResult& tile) {
  const std::size_t rows = histogram_.size() / (rungs_ * (actors_ + 1)) / steps_;
  if (tile.occupancy.size() != occupancy_.size() ||
      tile.at_or_above.size() != rows * tile.replicates * steps_ * rungs_) {
    throw std::invalid_argument("Summary: the tile belongs to another model");
  }
  for (std::size_t x = 0; x < occupancy_.size(); ++x) occupancy_[x] += tile.occupancy[x];

  const std::uint32_t* count = tile.at_or_above.data();  // (K, D, R, T, rungs)
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      std::uint32_t* counts = &histogram_[row * steps_ * rungs_ * (actors_ + 1)];
      for (std::size_t x = 0; x < steps_ * rungs_; ++x) {
        ++counts[*count++];
        counts += actors_ + 1;
      }
    }
  }
  replicates_ += tile.replicates;
}

std::size_t Summary::row(std::size_t authority, LadderRole ladder, std::size_t t) const {
  return (authority * ladder_count + index_of(ladder)) * steps_ + t;
}

double Summary::probability(std::size_t authority, LadderRole ladder, std::size_t t,
                            std::size_t actor, Rung r) const {
  const std::size_t x = (row(authority, ladder, t) * actors_ + actor) * rungs_ + r;
  if (replicates_ == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(occupancy_[x]) / static_cast<double>(replicates_);
}

double Summary::probability_at_or_above(std::size_t authority, LadderRole ladder, std::size_t t,
                                        std::size_t actor, Rung r) const {
  const std::size_t first = (row(authority, ladder, t) * actors_ + actor) * rungs_;
  if (replicates_ == 0) return std::numeric_limits<double>::quiet_NaN();
  std::uint64_t count = 0;
  for (std::size_t x = r; x < rungs_; ++x) count += occupancy_[first + x];
  return static_cast<double>(count) / static_cast<double>(replicates_);
}

std::uint32_t Summary::histogram(std::size_t authority, LadderRole ladder, std::size_t t, Rung r,
                                 std::size_t count) const {
  return histogram_[(row(authority, ladder, t) * rungs_ + r) * (actors_ + 1) + count];
}

std::size_t Summary::quantile_count(std::size_t authority, LadderRole ladder, std::size_t t, Rung r,
                                    double q) const {
  std::uint64_t cumulative = 0;
  for (std::size_t count = 0; count < actors_; ++count) {
    cumulative += histogram(authority, ladder, t, r, count);
    // Dividing rounds as the literal 0.95 does, so that 19 of 20 reach it; a product might not.
    if (cumulative > 0 && static_cast<double>(cumulative) / static_cast<double>(replicates_) >= q) {
      return count;
    }
  }
  return actors_;
}

double Summary::mean_count(std::size_t authority, LadderRole ladder, std::size_t t, Rung r) const {
  if (replicates_ == 0) return std::numeric_limits<double>::quiet_NaN();
  std::uint64_t sum = 0;
  for (std::size_t count = 0; count <= actors_; ++count) {
    sum += std::uint64_t{histogram(authority, ladder, t, r, count)} * count;
  }
  return static_cast<double>(sum) / static_cast<double>(replicates_);
}

}  // namespace entente
