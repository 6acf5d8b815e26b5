#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/engine/simulation.hpp"
#include "entente/model/model.hpp"

namespace entente {

/// What a genealogy is about: moves of actors to a rung or higher.
struct CascadeTarget {
  std::size_t authority = 0;
  LadderRole ladder = LadderRole::recognition;
  Rung rung = 1;  ///< not the lowest
};

/// A mean over replicates and how sure it is.
struct ReplicateMean {
  double mean = 0.0;
  double standard_error = 0.0;  ///< from the spread over replicates; NaN with fewer than two
};

/// What one actor was to the moves of all, per replicate.
struct CascadeActor {
  ReplicateMean direct;       ///< moves of others that are credited to it [moves]
  ReplicateMean with_chains;  ///< and those that these led to, and so on [moves]
  ReplicateMean moves;        ///< its own moves to the target [moves]
  double own_reasons = 0.0;   ///< of these, the part credited to nobody else [moves]
  double moved = 0.0;         ///< share of replicates with a move of its own [1]
  double brought = 0.0;       ///< share of replicates in which an event or a body set it there [1]
  bool from_start = false;    ///< it stood there when the runs began
};

/// What an earlier mover was to another actor's moves.
struct CascadeEdge {
  std::uint32_t from = 0;  ///< who stood there
  std::uint32_t to = 0;    ///< who moved there
  ReplicateMean credit;    ///< moves of `to` that are credited to `from`, per replicate [moves]
  double log_odds = 0.0;   ///< its share in the log-odds of these moves, mean over them [1]
  double moves = 0.0;      ///< moves of `to` while `from` stood there, per replicate [moves]
};

/// How an actor that was followed had come to where it stood.
enum class Arrival : std::uint8_t { start, event, choice };
inline constexpr std::size_t arrival_count = 3;

/// Ids of events and bodies that alter a relation through which actors look at others when they
/// decide on the target. A genealogy cannot tell who looks at whom where there are any.
[[nodiscard]] std::vector<std::string> relation_changes(const Simulation& simulation,
                                                        const CascadeTarget& target);

/// Who tipped whom: credits each move to a rung to those who stood there when it was decided
/// (docs/model.md, section 14). Receives tiles of level full.
///
/// Of a move's probability p, given that the actor reconsiders, the part 1 - p0/p would be absent,
/// had nobody gone ahead: p0 is the probability with each earlier mover one rung below the target.
/// This part is divided among the earlier movers in proportion to their shares in the log-odds of
/// the move; the rest is the actor's own reasons. Who lowered the log-odds gets nothing.
///
/// @source  Greenland & Robins (1988), attributable fractions; Zhuang, Ogata & Vere-Jones (2002),
///          offspring of events
/// @note    deterministic: sums are formed in the order of replicates, steps and actors
class Genealogy final : public Recorder {
 public:
  /// @param simulation  the one whose tiles are recorded; it must outlive this
  /// @throws std::invalid_argument  no such target, or `relation_changes` finds any
  Genealogy(const Simulation& simulation, const CascadeTarget& target);
  ~Genealogy() override;

  /// @throws std::invalid_argument  the tile is not of level full
  /// @throws std::logic_error       recorded drivers are not those that rungs and relations give
  void record(const TileResult& tile) override;

  [[nodiscard]] std::size_t replicates() const noexcept;
  /// Whether any term of the ladder looks at how others stand on it; if not, all moves are for the
  /// actors' own reasons.
  [[nodiscard]] bool looks_at_others() const noexcept;
  /// Moves by the actors' own choice, all actors, per replicate.
  [[nodiscard]] ReplicateMean moves() const;
  /// Of these, the part credited to earlier movers.
  [[nodiscard]] ReplicateMean followed() const;
  /// Of the latter, the part credited to those who had arrived in this way [moves per replicate].
  [[nodiscard]] double followed(Arrival arrival) const;
  /// Arrivals that an event or a body forced, per replicate.
  [[nodiscard]] ReplicateMean brought() const;

  /// By actor.
  [[nodiscard]] std::vector<CascadeActor> actors() const;
  /// Pairs in which one bore on the other's log-odds in any move, by `to`, then by `from`.
  [[nodiscard]] std::vector<CascadeEdge> edges() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente
