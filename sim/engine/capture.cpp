#include "engine/capture.hpp"

#include <algorithm>
#include <cstring>

#include "core/kernels.hpp"
#include "core/lanes.hpp"
#include "core/random.hpp"
#include "engine/decide.hpp"

namespace entente::detail {

Capture::Capture(const CompiledModel& m, const Tile& tile, RecordLevel level,
                 std::unique_ptr<TileResult> result)
    : m_(m),
      level_(level),
      replicates_(tile.active),
      steps_(m.model.calendar.steps()),
      most_rungs_(0),
      result_(std::move(result)) {
  for (const auto& ladder : m.ladders) most_rungs_ = std::max(most_rungs_, ladder.rungs);
  result_->first_replicate = tile.first_replicate;
  result_->replicates = replicates_;
  const std::size_t k = m.authorities;
  const std::size_t runs = replicates_ * steps_;
  const std::size_t decisions = k * ladder_count * runs * m.actors;
  if (level >= RecordLevel::rungs) result_->rungs.resize(decisions);
  result_->authority_rungs.resize(k * m.authority_ladders * runs);
  result_->authority_states.resize(k * authority_state_count * runs);
  result_->activity.resize(m.groups * runs);
  result_->bodies.resize(m.model.bodies.size() * runs);
  result_->occupancy.assign(k * ladder_count * steps_ * m.actors * most_rungs_, 0);
  result_->at_or_above.assign(k * ladder_count * runs * most_rungs_, 0);
  if (full()) {
    result_->drivers.resize(k * runs * m.actors * m.driver_names.size());
    result_->contributions.assign(decisions * m.terms.size() * 2, 0.0F);
    result_->luck.assign(decisions, 0.0F);
    result_->opportunity.assign(decisions, 0.0F);
    result_->decided_from.resize(decisions);
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
  copy_rows(tile.authority_rungs, tile.lanes, replicates_, steps_, step, result_->authority_rungs);
  copy_rows(tile.authority_states, tile.lanes, replicates_, steps_, step,
            result_->authority_states);
  copy_rows(tile.activity, tile.lanes, replicates_, steps_, step, result_->activity);
  copy_rows(tile.body_yes, tile.lanes, replicates_, steps_, step, result_->bodies);
  count(tile, step);
  if (level_ == RecordLevel::summary) return;
  for (std::size_t pair = 0; pair < m_.authorities * ladder_count; ++pair) {
    kernels::transpose(
        &tile.rungs[pair * m_.actors * tile.lanes], m_.actors, replicates_, tile.lanes,
        &result_->rungs[(pair * replicates_ * steps_ + step) * m_.actors], steps_ * m_.actors);
  }
}

namespace {

/// Eight bytes at a time: how many lanes stand at or above a rung, and in each lane how many
/// actors. As one kernel, so that it is compiled for the level in use.
struct CountRows {
  // Bytes of one.
  static constexpr std::uint64_t ones = 0x0101010101010101ULL;
  static constexpr std::size_t most_words = 31;    ///< whose bytes add up without a carry
  static constexpr std::size_t most_actors = 255;  ///< likewise

  const Rung* rungs;       ///< (actors, stride)
  std::size_t actors;      ///< at most most_actors
  std::size_t stride;      ///< lanes of a row
  std::size_t words;       ///< of a row, at most most_words
  std::size_t options;     ///< rungs of the ladder
  std::size_t most_rungs;  ///< columns of occupancy
  std::uint32_t*
      occupancy;         ///< (actors, most_rungs): adds lanes at or above rungs 1 to options - 1
  std::uint64_t* above;  ///< (options, words): bytes, adds actors at or above

  void operator()(std::size_t) const {
    for (std::size_t i = 0; i < actors; ++i) {
      for (std::size_t r = 1; r < options; ++r) {
        // The highest bit of a byte of (128 + rung) - r says whether rung >= r.
        const std::uint64_t offset = ones * (128 - r);
        std::uint64_t sum = 0;
        for (std::size_t w = 0; w < words; ++w) {
          std::uint64_t word = 0;
          std::memcpy(&word, rungs + i * stride + w * 8, 8);
          const std::uint64_t flags = (word + offset) >> 7 & ones;
          above[r * words + w] += flags;
          sum += flags;
        }
        if (sum == 0) break;
        constexpr std::uint64_t low = 0x00FF00FF00FF00FFULL;
        const std::uint64_t pairs = (sum & low) + (sum >> 8 & low);
        occupancy[i * most_rungs + r] +=
            static_cast<std::uint32_t>(pairs * 0x0001000100010001ULL >> 48);
      }
    }
  }
};

}  // namespace

void Capture::count(const Tile& tile, std::uint32_t step) {
  for (std::size_t pair = 0; pair < m_.authorities * ladder_count; ++pair) {
    const std::size_t rungs = m_.ladders[pair % ladder_count].rungs;
    const Rung* rows = &tile.rungs[pair * m_.actors * tile.lanes];
    auto* occupancy = &result_->occupancy[(pair * steps_ + step) * m_.actors * most_rungs_];
    above_.assign(rungs * replicates_, 0);
    std::fill_n(above_.begin(), replicates_, static_cast<std::uint32_t>(m_.actors));
    const std::size_t words = replicates_ / 8;
    for (std::size_t first = 0; first < m_.actors; first += CountRows::most_actors) {
      const std::size_t actors = std::min(CountRows::most_actors, m_.actors - first);
      for (std::size_t word = 0; word < words; word += CountRows::most_words) {
        const std::size_t some = std::min(CountRows::most_words, words - word);
        bytes_.assign(rungs * some, 0);
        lanes::each(1,
                    CountRows{rows + first * tile.lanes + word * 8, actors, tile.lanes, some, rungs,
                              most_rungs_, occupancy + first * most_rungs_, bytes_.data()});
        const auto* byte = reinterpret_cast<const std::uint8_t*>(bytes_.data());
        for (std::size_t r = 1; r < rungs; ++r) {
          auto* above = &above_[r * replicates_ + word * 8];
          for (std::size_t x = 0; x < some * 8; ++x) above[x] += byte[r * some * 8 + x];
        }
      }
    }
    count_rest(rows, words * 8, tile.lanes, rungs, occupancy);
    // So far occupancy counts those at or above a rung.
    for (std::size_t i = 0; i < m_.actors; ++i) {
      auto* here = &occupancy[i * most_rungs_];
      here[0] = static_cast<std::uint32_t>(replicates_);
      for (std::size_t r = 0; r + 1 < rungs; ++r) here[r] -= here[r + 1];
    }
    for (std::size_t l = 0; l < replicates_; ++l) {
      auto* out = &result_->at_or_above[((pair * replicates_ + l) * steps_ + step) * most_rungs_];
      for (std::size_t r = 0; r < rungs; ++r) out[r] = above_[r * replicates_ + l];
    }
  }
}

/// The lanes behind the last whole word.
void Capture::count_rest(const Rung* rows, std::size_t first_lane, std::size_t stride,
                         std::size_t rungs, std::uint32_t* occupancy) {
  for (std::size_t l = first_lane; l < replicates_; ++l) {
    for (std::size_t i = 0; i < m_.actors; ++i) {
      const std::size_t rung = rows[i * stride + l];
      for (std::size_t r = 1; r <= rung && r < rungs; ++r) {
        ++occupancy[i * most_rungs_ + r];
        ++above_[r * replicates_ + l];
      }
    }
  }
}

void Capture::decisions(const Tile& tile, const AuthorityRows& shared, std::size_t authority,
                        Workspace& work, std::uint32_t step) {
  work.ready = {};
  work.take_all();
  compute_drivers(m_, tile, shared, authority, LadderRole::engagement,
                  m_.needed - differs_by_ladder, work);
  load_covariates(m_, tile, shared, authority, work);
  for (const auto driver : members(m_.needed - differs_by_ladder)) {
    const auto column = m_.driver_columns[0][static_cast<std::size_t>(driver)];
    this->driver(work, authority, step, column, work.rows[driver]);
  }
  for (const auto role : all_ladders) {
    const auto& ladder = m_.ladders[index_of(role)];
    for (const auto driver : members(differs_by_ladder)) {
      if (!(ladder.fixed_reads | ladder.moving_reads).contains(driver)) continue;
      compute_drivers(m_, tile, shared, authority, role, {driver}, work);
      const auto column = m_.driver_columns[index_of(role)][static_cast<std::size_t>(driver)];
      this->driver(work, authority, step, column, work.rows[driver]);
    }
  }
  for (std::size_t c = 0; c < m_.model.covariates.size(); ++c) {
    driver(work, authority, step, m_.first_covariate_column + c, work.rows.covariates[c]);
  }
  auto* intensity = work.intensity[0].data();
  for (const auto role : all_ladders) {
    const auto& ladder = m_.ladders[index_of(role)];
    const Rung* rung = &tile.rungs[tile.rung_row(authority, role, work.block.first)];
    decided_from(work, authority, role, step, rung);
    if (ladder.rungs == 1) continue;
    compute_drivers(m_, tile, shared, authority, role, ladder.fixed_reads | ladder.moving_reads,
                    work);
    for (const auto& channel : ladder.channels) {
      m_.terms[channel.term]->intensity(channel.channel, work.rows, intensity);
      contribution(work, authority, role, step, channel, intensity, rung);
    }
    work.draw(m_, step, random::stream(random::Purpose::choice, authority, index_of(role)));
    luck(work, authority, role, step, opportunities(m_, tile, role, work));
  }
}

void Capture::driver(const Workspace& work, std::size_t authority, std::uint32_t step,
                     std::size_t column, const float* row) {
  for (std::size_t a = 0; a < work.block.count; ++a) {
    for (std::size_t l = 0; l < replicates_; ++l) {
      const std::size_t at =
          ((authority * replicates_ + l) * steps_ + step) * m_.actors + work.block.first + a;
      result_->drivers[at * m_.driver_names.size() + column] = row[a * work.lanes + l];
    }
  }
}

void Capture::contribution(const Workspace& work, std::size_t authority, LadderRole ladder,
                           std::uint32_t step, const LadderChannel& channel, const float* intensity,
                           const Rung* rung) {
  const auto& steps = m_.ladders[index_of(ladder)].steps[static_cast<std::size_t>(channel.profile)];
  for (std::size_t a = 0; a < work.block.count; ++a) {
    for (std::size_t l = 0; l < replicates_; ++l) {
      const std::size_t x = a * work.lanes + l;
      const std::size_t at = decision(authority, index_of(ladder), l, step, work.block.first + a);
      auto* out = &result_->contributions[(at * m_.terms.size() + channel.term) * 2];
      out[0] += intensity[x] * steps.down[rung[x]];
      out[1] += intensity[x] * steps.up[rung[x]];
    }
  }
}

void Capture::decided_from(const Workspace& work, std::size_t authority, LadderRole ladder,
                           std::uint32_t step, const Rung* rung) {
  for (std::size_t l = 0; l < replicates_; ++l) {
    auto* out =
        &result_->decided_from[decision(authority, index_of(ladder), l, step, work.block.first)];
    for (std::size_t a = 0; a < work.block.count; ++a) out[a] = rung[a * work.lanes + l];
  }
}

void Capture::luck(const Workspace& work, std::size_t authority, LadderRole ladder,
                   std::uint32_t step, const float* opportunity) {
  for (std::size_t a = 0; a < work.block.count; ++a) {
    for (std::size_t l = 0; l < replicates_; ++l) {
      const std::size_t x = a * work.lanes + l;
      const std::size_t at = decision(authority, index_of(ladder), l, step, work.block.first + a);
      result_->luck[at] = static_cast<float>(random::uniform(work.draws[x]));
      result_->opportunity[at] = opportunity[x];
    }
  }
}

}  // namespace entente::detail
