#include "entente/engine/simulation.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "engine/authority.hpp"
#include "engine/capture.hpp"
#include "engine/compiled.hpp"
#include "engine/decide.hpp"
#include "engine/drivers.hpp"
#include "engine/events.hpp"
#include "engine/parallel.hpp"
#include "engine/peers.hpp"
#include "engine/sums.hpp"
#include "engine/threats.hpp"
#include "engine/tile.hpp"
#include "engine/utility.hpp"
#include "engine/workspace.hpp"

namespace entente {
namespace detail {
namespace {

/// Elements per task inside a step: a world with fewer actors times lanes is one task, since
/// splitting it would cost more than it gains.
constexpr std::size_t elements_per_task = 65536;

bool is_stopped(const RunOptions& options) {
  return options.stop != nullptr && options.stop->load(std::memory_order_relaxed);
}

/// Runs one tile through all steps.
class TileRun {
 public:
  TileRun(const CompiledModel& m, std::size_t lanes)
      : m_(m),
        tile_(m, lanes),
        blocks_(m.blocks(lanes)),
        strikes_(m.strike_blocks(lanes)),
        blocks_per_task_(
            std::max<std::size_t>(1, elements_per_task / (m.block_actors(lanes) * lanes))) {
    const auto tasks = [&](std::size_t blocks) {
      return (blocks + blocks_per_task_ - 1) / blocks_per_task_;
    };
    workspaces_.resize(std::max(tasks(blocks_.size()), tasks(strikes_.size())));
    sums_.resize(tasks(blocks_.size()));
    fixed_.resize(m.model.calendar.steps());
  }

  /// Nothing where `options.stop` became true on the way.
  std::unique_ptr<TileResult> run(std::size_t first, std::size_t active, const RunOptions& options,
                                  std::unique_ptr<TileResult> result) {
    tile_.reset(m_, first, active);
    Capture capture(m_, tile_, options.record, std::move(result));
    for (std::uint32_t step = 0; step < m_.model.calendar.steps(); ++step) {
      if (is_stopped(options)) return nullptr;
      advance(step, capture.full() ? &capture : nullptr);
      capture.state(tile_, step);
    }
    return capture.take();
  }

 private:
  /// One step, stage by stage (docs/model.md, section 3).
  void advance(std::uint32_t step, Capture* capture) {
    apply_events(m_, tile_, step);
    drift_activity(m_, tile_, step);
    strike_all(step);
    hold_states(m_, tile_);

    const bool refresh = find_fixed(step);
    std::vector<AuthorityRows> shared;
    for (std::size_t k = 0; k < m_.authorities; ++k) shared.emplace_back(m_, tile_, k);
    for (auto& sums : sums_) sums.assign(tile_.world_sums.size(), 0);
    for_blocks([&](Workspace& work, std::vector<std::int32_t>& sums) {
      for (std::size_t k = 0; k < m_.authorities; ++k) {
        if (refresh) refresh_fixed(m_, tile_, shared[k], k, work);
        add_world_sums(m_, tile_, k, work, &sums[tile_.sum_row(k, 0)]);
        decide_block(m_, tile_, shared[k], k, work, step);
        if (capture != nullptr) capture->decisions(tile_, shared[k], k, work, step);
      }
    });

    combine_sums();
    for (std::size_t k = 0; k < m_.authorities; ++k) decide_authority(m_, tile_, k, step);
    apply_pins(m_, tile_);
    commit_rungs(m_, tile_);
    decide_bodies(m_, tile_);
  }

  /// Points `tile_.fixed` to what holds in this step. True where it has to be computed first: once
  /// a step for all tiles that run here one after another, as long as there is room.
  bool find_fixed(std::uint32_t step) {
    constexpr std::size_t most_bytes = std::size_t{64} << 20;
    if (!tile_.first_step && tile_.changed.none()) return false;
    if (fixed_[step]) {
      tile_.fixed = fixed_[step].get();
      return false;
    }
    const bool room = kept_bytes_ < most_bytes;
    auto& made = room ? fixed_[step] : spare_;
    if (!made) made = std::make_unique<Fixed>(m_);
    if (room) kept_bytes_ += made->bytes();
    tile_.fixed = made.get();
    return true;
  }

  void strike_all(std::uint32_t step) {
    for_chunks(strikes_.size(), blocks_per_task_,
               [&](std::size_t task, std::size_t first, std::size_t last) {
                 for (std::size_t b = first; b < last; ++b) {
                   auto& work = workspace(task);
                   work.enter(m_, tile_, strikes_[b].actors);
                   strike(m_, tile_, strikes_[b].group, work, step);
                 }
               });
  }

  Workspace& workspace(std::size_t task) {
    if (!workspaces_[task]) workspaces_[task].emplace(m_, tile_, m_.block_actors(tile_.lanes));
    return *workspaces_[task];
  }

  /// Calls body(work, sums) with the workspace at each block, and the sums of its task.
  template <class Body>
  void for_blocks(const Body& body) {
    for_chunks(blocks_.size(), blocks_per_task_,
               [&](std::size_t task, std::size_t first, std::size_t last) {
                 auto& work = workspace(task);
                 for (std::size_t b = first; b < last; ++b) {
                   work.enter(m_, tile_, blocks_[b]);
                   body(work, sums_[task]);
                 }
               });
  }

  /// Puts stale world sums together from those of the tasks. Integers: the split does not show.
  void combine_sums() {
    for (std::size_t k = 0; k < m_.authorities; ++k) {
      for (const auto& rule : m_.sum_rules) {
        if (!is_stale(m_, tile_, rule)) continue;
        const std::size_t row = tile_.sum_row(k, rule.sum);
        for (std::size_t l = 0; l < tile_.lanes; ++l) {
          std::int32_t sum = 0;
          for (const auto& of_task : sums_) sum += of_task[row + l];
          tile_.world_sums[row + l] = sum;
        }
      }
    }
  }

  const CompiledModel& m_;
  Tile tile_;
  std::vector<ActorBlock> blocks_;
  std::vector<StrikeBlock> strikes_;
  std::size_t blocks_per_task_;
  std::vector<std::unique_ptr<Fixed>> fixed_;  ///< by step
  std::unique_ptr<Fixed> spare_;               ///< for the steps that there is no room for
  std::size_t kept_bytes_ = 0;
  std::vector<std::optional<Workspace>> workspaces_;
  std::vector<std::vector<std::int32_t>> sums_;
};

/// Many lanes share what an actor and a step cost, also where a tile is larger than the caches.
std::size_t choose_lanes(std::size_t actors, const RunOptions& options) {
  if (options.lanes != 0) return options.lanes;
  constexpr std::size_t most = 128;
  constexpr std::size_t usual = 64;
  std::size_t lanes = most;
  // Every thread should have several tiles, so that none waits long for the last one.
  constexpr std::size_t tiles_per_thread = 4;
  const std::size_t threads = options.threads == 0 ? thread_count() : options.threads;
  if (options.replicates < lanes * tiles_per_thread * threads) lanes = usual;
  // More elements than this would take too much memory.
  constexpr std::size_t most_elements = std::size_t{1} << 24;
  while (lanes > 1 && lanes * actors > most_elements) lanes /= 2;
  // A decision recorded in full takes some hundred bytes, and several tiles wait to be written.
  if (options.record == RecordLevel::full) lanes = std::min<std::size_t>(lanes, 8);
  return std::min(lanes, std::max<std::size_t>(options.replicates, 1));
}

}  // namespace
}  // namespace detail

struct Simulation::Impl {
  Impl(Model model, const TermRegistry& registry) : compiled(std::move(model), registry) {}
  detail::CompiledModel compiled;
};

Simulation::Simulation(Model model, const TermRegistry& registry)
    : impl_(std::make_unique<Impl>(std::move(model), registry)) {}
Simulation::Simulation(Simulation&&) noexcept = default;
Simulation& Simulation::operator=(Simulation&&) noexcept = default;
Simulation::~Simulation() = default;

const Model& Simulation::model() const noexcept { return impl_->compiled.model; }
const std::vector<std::string>& Simulation::term_names() const noexcept {
  return impl_->compiled.term_names;
}
const std::vector<std::string>& Simulation::driver_names() const noexcept {
  return impl_->compiled.driver_names;
}

std::vector<std::size_t> Simulation::drivers_of(LadderRole ladder) const {
  std::set<std::size_t> columns;
  for (std::size_t term = 0; term < term_names().size(); ++term) {
    for (const auto column : drivers_of(ladder, term)) columns.insert(column);
  }
  return {columns.begin(), columns.end()};
}
std::vector<std::size_t> Simulation::drivers_of(LadderRole ladder, std::size_t term) const {
  return detail::columns_read(impl_->compiled, ladder, term);
}
std::vector<float> Simulation::contributions(LadderRole ladder, Rung own,
                                             std::span<const float> drivers) const {
  return detail::contributions_from(impl_->compiled, ladder, own, drivers);
}

std::size_t Simulation::run(const RunOptions& options, Recorder& recorder) const {
  const auto& m = impl_->compiled;
  const std::size_t lanes = detail::choose_lanes(m.actors, options);
  std::size_t done = 0;
  const auto more = [&](std::size_t tile) {
    return !detail::is_stopped(options) && tile * lanes < options.replicates;
  };
  // To get the memory of a tile anew costs as much as some steps.
  detail::Pool<detail::TileRun> runs;
  detail::Pool<TileResult> results;
  const auto produce = [&](std::size_t tile) {
    const std::size_t active = std::min(lanes, options.replicates - tile * lanes);
    auto run = runs.take([&] { return std::make_unique<detail::TileRun>(m, lanes); });
    auto result = run->run(options.first_replicate + tile * lanes, active, options,
                           results.take([] { return std::make_unique<TileResult>(); }));
    runs.give_back(std::move(run));
    return result;
  };
  bool given_up = false;
  const auto consume = [&](std::unique_ptr<TileResult>& result) {
    // A later tile may have come to its end; it would leave a gap.
    given_up = given_up || !result;
    if (given_up) return;
    recorder.record(*result);
    done += result->replicates;
    results.give_back(std::move(result));
    if (options.progress) options.progress(done);
  };
  detail::with_threads(options.threads, [&] {
    const std::size_t in_flight = 2 * detail::thread_count() + 1;
    detail::ordered_pipeline<std::unique_ptr<TileResult>>(in_flight, more, produce, consume);
  });
  return done;
}

}  // namespace entente
