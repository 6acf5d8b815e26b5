#include <algorithm>
#include <stdexcept>

#include "entente/ensemble/paired.hpp"

namespace entente {
namespace {

/// Keeps the tiles of one batch, in memory that later batches use again.
class KeptTiles final : public Recorder {
 public:
  void clear() noexcept { size_ = 0; }
  void record(const TileResult& tile) override {
    if (size_ == tiles_.size()) tiles_.emplace_back();
    tiles_[size_++] = tile;
  }
  [[nodiscard]] std::span<const TileResult> tiles() const { return {tiles_.data(), size_}; }

 private:
  std::vector<TileResult> tiles_;
  std::size_t size_ = 0;
};

/// Hands every tile of a variant on together with the baseline's of the same replicates.
class Pairing final : public Recorder {
 public:
  Pairing(std::span<const TileResult> baseline, std::size_t variant, Comparison& comparison,
          const PairObserver& observer)
      : baseline_(baseline), variant_(variant), comparison_(comparison), observer_(observer) {}

  void record(const TileResult& tile) override {
    // All runs of a batch are cut alike: the engine looks at the numbers of actors and replicates.
    if (next_ == baseline_.size()) throw std::logic_error("run_paired: a tile has no partner");
    const TileResult& partner = baseline_[next_++];
    comparison_.record(partner, tile);
    if (observer_) observer_(variant_, partner, tile);
  }

 private:
  std::span<const TileResult> baseline_;
  std::size_t next_ = 0;
  std::size_t variant_;
  Comparison& comparison_;
  const PairObserver& observer_;
};

/// Replicates of a batch: whole tiles, so that the last tile of a batch is not a small one.
std::size_t choose_batch(const Model& model, const PairedOptions& options) {
  const std::size_t bytes = model.authorities.size() * ladder_count * model.calendar.steps() *
                            std::max<std::size_t>(1, model.actors.size());
  const std::size_t fit = options.batch_bytes / std::max<std::size_t>(1, bytes);
  if (options.lanes != 0) return std::max(fit / options.lanes, std::size_t{1}) * options.lanes;
  constexpr std::size_t usual = 128;  // most lanes that the engine chooses
  constexpr std::size_t least = 8;    // lanes that it computes at once
  return fit >= usual ? fit / usual * usual : std::max(fit / least, std::size_t{1}) * least;
}

class PairedRun {
 public:
  PairedRun(const Simulation& baseline, std::span<const Simulation* const> variants,
            const PairedOptions& options, std::span<Comparison> comparisons,
            const PairObserver& observer)
      : baseline_(baseline),
        variants_(variants),
        options_(options),
        comparisons_(comparisons),
        observer_(observer) {}

  std::size_t run(Summary& summary) {
    const std::size_t batch = choose_batch(baseline_.model(), options_);
    std::size_t done = 0;
    while (done < options_.replicates) {
      const std::size_t some = std::min(batch, options_.replicates - done);
      if (!run_batch(options_.first_replicate + done, some)) break;
      for (const auto& tile : kept_.tiles()) summary.record(tile);
      done += some;
    }
    return done;
  }

 private:
  /// False, with the comparisons as they were, where it was stopped.
  bool run_batch(std::size_t first, std::size_t replicates) {
    kept_.clear();
    if (simulate(baseline_, first, replicates, kept_) < replicates) return false;
    std::vector<Comparison> before;
    if (options_.stop != nullptr) before.assign(comparisons_.begin(), comparisons_.end());
    for (std::size_t v = 0; v < variants_.size(); ++v) {
      Pairing pairing(kept_.tiles(), v, comparisons_[v], observer_);
      const std::size_t done = simulate(*variants_[v], first, replicates, pairing);
      if (done < replicates) {
        std::move(before.begin(), before.end(), comparisons_.begin());
        return false;
      }
      pairs_ += done;
    }
    return true;
  }

  std::size_t simulate(const Simulation& simulation, std::size_t first, std::size_t replicates,
                       Recorder& recorder) {
    RunOptions run;
    run.first_replicate = first;
    run.replicates = replicates;
    run.record = RecordLevel::rungs;
    run.threads = options_.threads;
    run.lanes = options_.lanes;
    run.stop = options_.stop;
    if (options_.progress && &recorder != &kept_) {
      run.progress = [&](std::size_t done) { options_.progress(pairs_ + done); };
    }
    return simulation.run(run, recorder);
  }

  const Simulation& baseline_;
  std::span<const Simulation* const> variants_;
  const PairedOptions& options_;
  std::span<Comparison> comparisons_;
  const PairObserver& observer_;
  KeptTiles kept_;
  std::size_t pairs_ = 0;  ///< finished, over all variants
};

}  // namespace

std::size_t run_paired(const Simulation& baseline, std::span<const Simulation* const> variants,
                       const PairedOptions& options, Summary& baseline_summary,
                       std::span<Comparison> comparisons, const PairObserver& observer) {
  if (variants.size() != comparisons.size()) {
    throw std::invalid_argument("run_paired: not one comparison for each variant");
  }
  return PairedRun(baseline, variants, options, comparisons, observer).run(baseline_summary);
}

}  // namespace entente
