#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/estimate/history.hpp"
#include "entente/model/model.hpp"

namespace entente {

/// One number of an auxiliary statistic: its simulated distribution and what was observed.
struct GoodnessComponent {
  std::string name;  ///< `mission or higher, 2022-07`
  double observed = 0.0;
  double mean = 0.0, sd = 0.0;                 ///< over replicates, sd with divisor R - 1
  double low = 0.0, median = 0.0, high = 0.0;  ///< 5, 50 and 95 percentiles (score::quantile)
  bool impossible = false;  ///< the same in every replicate, and what was observed is another value
};

/// An auxiliary statistic, several numbers that are judged together.
struct GoodnessOfFit {
  std::string name;  ///< `counts`, `first_movers`, `regions`, `moves`
  std::vector<GoodnessComponent> components;
  /// Number of combinations that vary; the others are determined by these [1].
  std::size_t rank = 0;
  /// Mahalanobis distance of what was observed from the simulated mean, over combinations that
  /// vary [standard deviations].
  double distance = 0.0;
  /// Length of the part of the deviation that lies along combinations which never vary, impossible
  /// components apart [standard deviations]: 0, unless the observed breaks a rule that all
  /// replicates keep. Neither `distance` nor `p` sees it.
  double unseen = 0.0;
  /// Share of replicates at least as far from the mean as what was observed [1]; 0 where a
  /// component is impossible.
  double p = 1.0;
};

/// Judges an observed vector by a simulated cloud, as RSiena's sienaGOF does.
///
/// distance^2 = (x - m)' S^+ (x - m), with mean m and covariance S of the replicates. The
/// pseudo-inverse is taken of the correlations, directions below 1e-8 of the largest being nothing,
/// so that units do not decide what counts as constant.
///
/// @param names      of the components, shape (C)
/// @param simulated  shape (R, C), R >= 2; the mean and the covariance are sound for R well above C
/// @param observed   shape (C)
/// @throws std::invalid_argument  sizes do not fit
/// @note        a small p says that the model does not make such histories. Several statistics of
///              one ladder are several tests of the same replicates. As the replicates also give
///              mean and covariance, p is slightly low where R is not well above C
/// @source      Lospinoso & Snijders (2019), Goodness of fit for stochastic actor-oriented models,
///              Methodological Innovations 12(3)
[[nodiscard]] GoodnessOfFit goodness_of_fit(std::string name, const std::vector<std::string>& names,
                                            const std::vector<double>& simulated,
                                            const std::vector<double>& observed);

/// What of a history is compared.
struct GoodnessScope {
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::vector<std::uint8_t> actors;  ///< 1 where the actor counts, shape (N)
  std::uint32_t every = 12;          ///< steps between the dates of `counts`; the end is always one
};

/// Actors of whom any decision towards the authority is on record: 1 or 0, shape (N).
[[nodiscard]] std::vector<std::uint8_t> observed_actors(const Path& path, std::size_t authority,
                                                        LadderRole ladder);

/// Where an actor ended and how probable the model held that.
struct Placement {
  std::uint32_t actor = 0;
  Rung observed = 0;
  std::vector<double> probability;  ///< share of replicates on each rung at the end [1]
  double log_probability = 0.0;     ///< of the observed rung [nat]; -infinity where none was there
};

/// Goodness of fit of one ladder by simulation. Of each replicate a few dozen numbers are kept:
///
/// - `counts`: actors at or above each rung but the lowest, every few steps and at the end;
/// - `first_movers`: step in which the first, second, fifth and tenth actor first reached each rung
///   or a higher one, of those that started below; the number of steps where so many never did
///   (numbers above that of the actors are left out);
/// - `regions`: actors at or above each rung at the end by Actor::region, regions in alphabetical
///   order; left out where no actor has one;
/// - `moves`: steps with a change up and down (reversals), and how many actors had 0, 1, 2, 3 or
///   more of either.
///
/// What was observed is Path::walked, where records move a rung a step as the model does; the one
/// exception, a rung that was only found at a date, is one move however far. A ladder of one rung
/// has `moves` alone.
class GoodnessRecorder final : public Recorder {
 public:
  /// @param model  that is run: its actors that count start where the path starts them, as
  ///               `follow_history` sees to
  /// @throws std::invalid_argument  sizes do not fit, nobody counts, or an actor starts elsewhere
  GoodnessRecorder(const Model& model, const Path& path, GoodnessScope scope);

  /// @throws std::invalid_argument  a tile without rungs (RecordLevel::summary) or of another model
  void record(const TileResult& tile) override;

  [[nodiscard]] std::size_t replicates() const noexcept { return replicates_; }

  /// One per auxiliary statistic.
  ///
  /// @throws std::invalid_argument  fewer than two replicates were recorded
  [[nodiscard]] std::vector<GoodnessOfFit> fits() const;

  /// Actors that count, those whom the model misplaced most first; who ties is in order of actors.
  ///
  /// @throws std::invalid_argument  no replicate was recorded
  [[nodiscard]] std::vector<Placement> placements() const;

 private:
  /// A range of the numbers of a replicate.
  struct Statistic {
    std::string name;
    std::vector<std::string> components;
  };
  struct Moves;

  void lay_out_counts(const Model& model);
  void lay_out_first_movers(const Model& model);
  void lay_out_regions(const Model& model);
  void lay_out_moves();

  /// @param start  rungs before the first step, shape (N)
  /// @param ends   rungs at the end of each step, shape (T, N)
  void measure(const Rung* start, const Rung* ends, std::vector<double>& into) const;
  void measure_counts(const Rung* ends, std::vector<double>& into) const;
  void measure_regions(const Rung* ends, std::vector<double>& into) const;
  void measure_moves(const Moves& moves, std::vector<double>& into) const;
  [[nodiscard]] Moves moves_of(const Rung* start, const Rung* ends) const;

  GoodnessScope scope_;
  std::size_t authorities_ = 0, steps_ = 0, actors_ = 0, rungs_ = 0;
  std::vector<std::uint32_t> who_;      ///< actors that count
  std::vector<std::size_t> region_of_;  ///< of who_; empty where no actor has one
  std::size_t regions_ = 0;
  std::vector<std::size_t> dates_;   ///< steps at whose ends are counted
  std::vector<std::size_t> places_;  ///< among the first movers, 1-based
  std::vector<Statistic> statistics_;

  std::vector<Rung> start_;              ///< (N)
  std::vector<Rung> observed_end_;       ///< (N)
  std::vector<double> observed_;         ///< (C), statistics one behind the other
  std::size_t replicates_ = 0;           ///< R
  std::vector<double> simulated_;        ///< (R, C)
  std::vector<std::uint64_t> occupied_;  ///< replicates on a rung at the end, (who_, rungs)
};

}  // namespace entente
