#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/engine/simulation.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/model/model.hpp"

namespace entente {

/// A number in the baseline and in a variant, pair by pair. A pair is one replicate of both: it has
/// the same luck on both sides, draw by draw (common random numbers).
///
/// Means, shares and difference are NaN without pairs; errors and interval with fewer than two.
/// @source  Law (2015), Simulation Modeling and Analysis, sections 10.2 and 11.2
struct PairedEstimate {
  std::size_t pairs = 0;
  double baseline = 0;        ///< mean
  double variant = 0;         ///< mean
  double difference = 0;      ///< mean of variant - baseline
  double error = 0;           ///< standard error of the difference, from the pairs
  double unpaired_error = 0;  ///< the same, had both been independent: sqrt(var_x / n + var_y / n)
  double low = 0;             ///< 95 % interval of the difference, Student's t with n - 1 degrees
  double high = 0;
  double more = 0;   ///< share of pairs in which the variant has more [1]
  double fewer = 0;  ///< share of pairs in which it has fewer [1]

  /// unpaired_error / error: by how much pairing narrows the interval. Infinite where all pairs
  /// differ alike though their members vary; 1 where nothing varies.
  [[nodiscard]] double narrowing() const;
};

/// Sums over pairs of integers. They are exact, so neither order nor batches show, as long as
/// n x^2 stays below 2^62.
class PairedSums {
 public:
  /// One pair: x in the baseline, y in the variant.
  void add(std::int64_t x, std::int64_t y) noexcept {
    ++pairs_;
    x_ += x;
    xx_ += x * x;
    if (x == y) return;
    const std::int64_t d = y - x;
    d_ += d;
    dd_ += d * d;
    xd_ += x * d;
    ++(d > 0 ? more_ : fewer_);
  }
  [[nodiscard]] PairedEstimate estimate() const;

 private:
  std::int64_t pairs_ = 0;
  std::int64_t x_ = 0, xx_ = 0, d_ = 0, dd_ = 0, xd_ = 0;
  std::int64_t more_ = 0, fewer_ = 0;
};

/// Probability that chance parts the pairs that differ so unevenly or more, each being as likely to
/// fall on either side: exact sign test, two-sided; 1 where no pair differs [1].
///
/// @param more, fewer  pairs in which the variant has more, and fewer
/// @source  McNemar (1947), Psychometrika 12
[[nodiscard]] double sign_test(std::uint64_t more, std::uint64_t fewer);

/// On which rungs the variant acts by itself: those (authority, ladder, actor) that an event or a
/// body changes which only one of the two models has, and those whose starting rungs differ. An
/// event or a body is the same when all of its fields but the note are.
///
/// What differs there is of first order; whatever differs elsewhere followed from it.
///
/// @return  1 or 0 by `Model::rung_index`, shape (K, D, N)
/// @throws std::invalid_argument  numbers of actors or authorities differ
[[nodiscard]] std::vector<std::uint8_t> forced_pairs(const Model& baseline, const Model& variant);

/// What a variant changes, gathered pair by pair. Steps mean the ends of steps, as in TileResult;
/// counts are numbers of actors at or above a rung.
class Comparison {
 public:
  /// @throws std::invalid_argument  the models cannot be paired; the message has all `mismatches`
  Comparison(const Model& baseline, const Model& variant);

  /// Adds the pairs of two tiles of the same replicates.
  ///
  /// @throws std::invalid_argument  replicates differ, rungs were not recorded, or a tile belongs
  /// to
  ///                                another model
  void record(const TileResult& baseline, const TileResult& variant);

  [[nodiscard]] std::size_t pairs() const noexcept { return pairs_; }
  /// Counts over the replicates of the variant.
  [[nodiscard]] const Summary& variant() const noexcept { return variant_; }

  /// All actors at or above a rung; the sum of the two below.
  [[nodiscard]] PairedEstimate count(std::size_t authority, LadderRole ladder, std::size_t t,
                                     Rung r) const;
  /// Those among them whose rung on this ladder is forced, see `forced_pairs`.
  [[nodiscard]] PairedEstimate forced(std::size_t authority, LadderRole ladder, std::size_t t,
                                      Rung r) const;
  /// The others: where they differ they answered to somebody else.
  [[nodiscard]] PairedEstimate followers(std::size_t authority, LadderRole ladder, std::size_t t,
                                         Rung r) const;

  [[nodiscard]] bool is_forced(std::size_t authority, LadderRole ladder, std::size_t actor) const;
  /// Share of pairs in which the actor's rung differs at any step [1].
  [[nodiscard]] double changed(std::size_t authority, LadderRole ladder, std::size_t actor) const;
  /// Share of pairs in which the actor ends on r0 in the baseline and on r1 in the variant [1].
  [[nodiscard]] double joint(std::size_t authority, LadderRole ladder, std::size_t actor, Rung r0,
                             Rung r1) const;
  /// Share of pairs in which the actor ends higher in the variant [1].
  [[nodiscard]] double higher(std::size_t authority, LadderRole ladder, std::size_t actor) const;
  /// Share of pairs in which the actor ends lower in the variant [1].
  [[nodiscard]] double lower(std::size_t authority, LadderRole ladder, std::size_t actor) const;

  /// Earliest step at which anything recorded differs in any pair: a rung of an actor or an
  /// authority, a state, a group's activity, or a body that both models have. Empty where nothing
  /// does. Effects never precede their cause.
  [[nodiscard]] std::optional<std::uint32_t> first_difference() const noexcept {
    return first_difference_;
  }

 private:
  void check(const TileResult& baseline, const TileResult& variant) const;
  void record_path(const TileResult& baseline, const TileResult& variant, std::size_t row,
                   std::size_t replicate);
  void record_step(const std::uint32_t* baseline, const std::uint32_t* variant, const Rung* x,
                   const Rung* y, bool same, std::size_t row, std::size_t t);
  void record_end(const Rung* x, const Rung* y, std::size_t row);
  void find_difference(const TileResult& baseline, const TileResult& variant);
  [[nodiscard]] std::size_t row(std::size_t authority, LadderRole ladder) const;
  [[nodiscard]] double share(std::uint64_t count) const;
  [[nodiscard]] const std::uint32_t* joint_of(std::size_t authority, LadderRole ladder,
                                              std::size_t actor) const;

  std::size_t actors_, steps_, rungs_, rows_;  ///< rows: (K, D)
  std::size_t authority_rows_, groups_;
  std::vector<std::size_t> row_rungs_;                       ///< by row
  std::vector<std::pair<std::size_t, std::size_t>> bodies_;  ///< places of those that both have
  std::size_t baseline_bodies_, variant_bodies_;
  std::vector<std::uint8_t> is_forced_;                    ///< (K, D, N)
  std::vector<std::vector<std::uint32_t>> forced_actors_;  ///< by row, ascending

  std::size_t pairs_ = 0;
  Summary variant_;
  std::vector<PairedSums> count_, forced_, followers_;  ///< (K, D, T, rungs)
  std::vector<std::uint32_t> changed_;                  ///< (K, D, N)
  std::vector<std::uint32_t> joint_;                    ///< (K, D, N, rungs, rungs)
  std::optional<std::uint32_t> first_difference_;
  std::vector<std::uint8_t> differs_;  ///< (N), of the path at hand
};

/// How paired ensembles are run. Only the first two change what is found.
struct PairedOptions {
  std::size_t first_replicate = 0;
  std::size_t replicates = 1;
  std::size_t threads = 0;  ///< 0 = all
  std::size_t lanes = 0;    ///< as in RunOptions
  /// How much of the baseline's recorded rungs is kept at a time [byte]; at least a tile is.
  std::size_t batch_bytes = std::size_t{128} << 20;
  /// Gets the number of pairs finished so far, over all variants; called between tiles.
  std::function<void(std::size_t done)> progress;
  /// Asked at every step, as in RunOptions. When true the batch in work is dropped.
  const std::atomic<bool>* stop = nullptr;
};

/// Gets the tiles of a variant (by its place) and of the baseline on the same replicates; called
/// from one thread at a time, for each variant in ascending order of `first_replicate`. It may also
/// see pairs of a batch that is then dropped.
using PairObserver = std::function<void(std::size_t variant, const TileResult& baseline_tile,
                                        const TileResult& variant_tile)>;

/// Runs a baseline once and every variant on the same replicates, batch by batch, so that memory
/// does not grow with the number of replicates.
///
/// @param baseline_summary  gathers the replicates of the baseline
/// @param comparisons       one for each variant, made of its model; gather the pairs
/// @return  number of replicates that the baseline and all variants finished; less than asked for
///          only after `stop`. Summary and comparisons hold these and no others.
/// @throws std::invalid_argument  not one comparison for each variant, or one of another model
/// @throws NumericalError         see Simulation::run; what was gathered is then incomplete
std::size_t run_paired(const Simulation& baseline, std::span<const Simulation* const> variants,
                       const PairedOptions& options, Summary& baseline_summary,
                       std::span<Comparison> comparisons, const PairObserver& observer = {});

}  // namespace entente
