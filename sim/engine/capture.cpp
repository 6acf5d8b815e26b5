#include "engine/capture.hpp"

#include <algorithm>

#include "core/lanes.hpp"
#include "core/random.hpp"

namespace entente::detail {

Capture::Capture(const CompiledModel& m, const Tile& tile, RecordLevel level)
    : m_(m),
      level_(level),
      replicates_(tile.active),
      steps_(m.model.calendar.steps()),
      most_rungs_(0) {
  for (const auto& ladder : m.ladders) most_rungs_ = std::max(most_rungs_, ladder.rungs);
  result_.first_replicate = tile.first_replicate;
  result_.replicates = replicates_;
  const std::size_t k = m.authorities;
  const std::size_t runs = replicates_ * steps_;
  const std::size_t decisions = k * ladder_count * runs * m.actors;
  if (level >= RecordLevel::rungs) result_.rungs.resize(decisions);
  result_.authority_rungs.resize(k * m.authority_ladders * runs);
  result_.authority_states.resize(k * authority_state_count * runs);
  result_.activity.resize(m.groups * runs);
  result_.bodies.resize(m.model.bodies.size() * runs);
  result_.occupancy.resize(k * ladder_count * steps_ * m.actors * most_rungs_);
  result_.at_or_above.resize(k * ladder_count * runs * most_rungs_);
  if (full()) {
    result_.drivers.resize(k * runs * m.actors * m.driver_names.size());
    result_.contributions.resize(decisions * m.terms.size() * 2);
    result_.luck.resize(decisions);
    result_.opportunity.resize(decisions);
  }
}

std::size_t Capture::decision(std::size_t authority, std::size_t ladder, std::size_t replicate,
                              std::uint32_t step, std::size_t actor) const {
  return (((authority * ladder_count + ladder) * replicates_ + replicate) * steps_ + step) *
             m_.actors +
         actor;
}

namespace {

/// Copies the recorded lanes of rows (rows, lanes) to (rows, R, T) at one step.
template <class T>
void copy_rows(const std::vector<T>& rows, std::size_t lanes, std::size_t replicates,
               std::size_t steps, std::uint32_t step, std::vector<T>& out) {
  const std::size_t count = rows.size() / lanes;
  for (std::size_t row = 0; row < count; ++row) {
    for (std::size_t l = 0; l < replicates; ++l) {
      out[(row * replicates + l) * steps + step] = rows[row * lanes + l];
    }
  }
}

}  // namespace

void Capture::state(const Tile& tile, std::uint32_t step) {
  copy_rows(tile.authority_rungs, tile.lanes, replicates_, steps_, step, result_.authority_rungs);
  copy_rows(tile.authority_states, tile.lanes, replicates_, steps_, step, result_.authority_states);
  copy_rows(tile.activity, tile.lanes, replicates_, steps_, step, result_.activity);
  copy_rows(tile.body_yes, tile.lanes, replicates_, steps_, step, result_.bodies);
  count(tile, step);
  if (level_ == RecordLevel::summary) return;
  for (std::size_t pair = 0; pair < m_.authorities * ladder_count; ++pair) {
    const Rung* rows = &tile.rungs[pair * m_.actors * tile.lanes];
    for (std::size_t l = 0; l < replicates_; ++l) {
      auto* out = &result_.rungs[((pair * replicates_ + l) * steps_ + step) * m_.actors];
      for (std::size_t i = 0; i < m_.actors; ++i) out[i] = rows[i * tile.lanes + l];
    }
  }
}

void Capture::count(const Tile& tile, std::uint32_t step) {
  for (std::size_t pair = 0; pair < m_.authorities * ladder_count; ++pair) {
    const std::size_t rungs = m_.ladders[pair % ladder_count].rungs;
    auto* occupancy = &result_.occupancy[(pair * steps_ + step) * m_.actors * most_rungs_];
    std::vector<std::uint32_t> above(rungs * replicates_);
    std::fill_n(above.begin(), replicates_, static_cast<std::uint32_t>(m_.actors));
    for (std::size_t i = 0; i < m_.actors; ++i) {
      const Rung* row = &tile.rungs[(pair * m_.actors + i) * tile.lanes];
      auto* here = &occupancy[i * most_rungs_];
      here[0] = static_cast<std::uint32_t>(replicates_);
      // Most actors stand on the bottom rung in all replicates.
      if (std::all_of(row, row + replicates_, [](Rung r) { return r == 0; })) continue;
      for (std::size_t r = 1; r < rungs; ++r) {
        auto* out = &above[r * replicates_];
        std::uint32_t sum = 0;
        for (std::size_t l = 0; l < replicates_; ++l) sum += row[l] >= r ? 1U : 0U;
        if (sum == 0) break;
        here[r - 1] -= sum;
        here[r] = sum;
        lanes::each(replicates_, [=](std::size_t l) { out[l] += row[l] >= r ? 1U : 0U; });
      }
    }
    for (std::size_t r = 0; r < rungs; ++r) {
      for (std::size_t l = 0; l < replicates_; ++l) {
        result_.at_or_above[((pair * replicates_ + l) * steps_ + step) * most_rungs_ + r] =
            above[r * replicates_ + l];
      }
    }
  }
}

void Capture::drivers(const Workspace& work, std::size_t authority, std::uint32_t step) {
  std::size_t column = 0;
  const auto keep = [&](const std::vector<float>& row) {
    for (std::size_t a = 0; a < work.block.count; ++a) {
      for (std::size_t l = 0; l < replicates_; ++l) {
        const std::size_t at =
            ((authority * replicates_ + l) * steps_ + step) * m_.actors + work.block.first + a;
        result_.drivers[at * m_.driver_names.size() + column] = row[a * work.lanes + l];
      }
    }
    ++column;
  };
  for (std::size_t row = 0; row < recorded_driver_count; ++row) {
    const auto driver = static_cast<Driver>(row);
    if (driver == Driver::alignment) {
      for (const auto& ladder : work.alignment) keep(ladder);
    } else if (driver == Driver::rival_claims) {
      for (const auto& ladder : work.rival_claims) keep(ladder);
    } else {
      keep(work.rows[row]);
    }
  }
}

void Capture::contribution(const Workspace& work, std::size_t authority, LadderRole ladder,
                           std::uint32_t step, std::size_t term, const ProfileSteps& steps,
                           const float* intensity, const Rung* rung) {
  for (std::size_t a = 0; a < work.block.count; ++a) {
    for (std::size_t l = 0; l < replicates_; ++l) {
      const std::size_t x = a * work.lanes + l;
      const std::size_t at = decision(authority, index_of(ladder), l, step, work.block.first + a);
      auto* out = &result_.contributions[(at * m_.terms.size() + term) * 2];
      out[0] += intensity[x] * steps.down[rung[x]];
      out[1] += intensity[x] * steps.up[rung[x]];
    }
  }
}

void Capture::luck(const Workspace& work, std::size_t authority, LadderRole ladder,
                   std::uint32_t step) {
  for (std::size_t a = 0; a < work.block.count; ++a) {
    for (std::size_t l = 0; l < replicates_; ++l) {
      const std::size_t x = a * work.lanes + l;
      const std::size_t at = decision(authority, index_of(ladder), l, step, work.block.first + a);
      result_.luck[at] = static_cast<float>(random::uniform(work.draws[x]));
      result_.opportunity[at] = work.opportunity[x];
    }
  }
}

}  // namespace entente::detail
