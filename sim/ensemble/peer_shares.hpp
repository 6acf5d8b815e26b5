#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/relation_rows.hpp"
#include "entente/engine/simulation.hpp"
#include "entente/ensemble/genealogy.hpp"

namespace entente::detail {

/// Rungs of all actors towards the target's authority that the decisions of a step were taken on.
using Rungs = std::array<const Rung*, ladder_count>;

/// Which part of an actor's drivers is due to each of those who stand at the target or higher.
class PeerShares {
 public:
  PeerShares(const Simulation& simulation, const CascadeTarget& target);

  /// Columns of drivers that the target's ladder reads and that others' rungs on it bear on.
  [[nodiscard]] const std::vector<std::size_t>& columns() const noexcept { return columns_; }
  [[nodiscard]] bool reads_alignment() const noexcept { return reads_alignment_; }
  [[nodiscard]] bool reads_rivalry() const noexcept { return reads_rivalry_; }

  /// By how much each driver of an actor would be less, were one earlier mover on the rung below
  /// the target. None is negative, but for the rivalry of a negative `rivalry_presence`.
  ///
  /// @param earlier  actors at the target or higher, ascending, without the actor itself
  /// @param out      shape (columns, earlier)
  void compute(std::size_t actor, std::span<const std::uint32_t> earlier, const Rungs& rungs,
               std::vector<double>& out);

  /// Forms the drivers anew, from all rungs.
  ///
  /// @throws std::logic_error  those recorded are others
  void check(std::size_t actor, const Rungs& rungs, std::span<const float> drivers) const;

 private:
  enum class Kind : std::uint8_t { alignment, cover, bandwagon, rivalry };

  void add(Kind kind, std::string_view column, const Simulation& simulation);
  [[nodiscard]] std::span<const RelationRows::Entry> row(Kind kind, std::size_t actor) const;
  /// What one actor on a rung of the target's ladder adds to a driver, per unit of weight.
  [[nodiscard]] double value(Kind kind, Rung rung) const;
  /// Driver per unit of weight times value.
  [[nodiscard]] double scale(Kind kind, std::size_t actor) const;
  [[nodiscard]] double driver(Kind kind, std::size_t actor, const Rungs& rungs) const;
  [[nodiscard]] double rivalry(std::size_t actor, const Rungs& rungs) const;
  [[nodiscard]] double share_of_world(std::size_t actor) const;

  const Model& model_;
  CascadeTarget target_;
  std::vector<Kind> kinds_;
  std::vector<std::size_t> columns_;  ///< of `kinds_`
  bool reads_alignment_ = false, reads_rivalry_ = false;
  bool standing_is_fixed_ = true;
  RelationRows alignment_, rivalry_;
  std::vector<std::int32_t> place_;  ///< by actor: in `earlier`, or -1
};

}  // namespace entente::detail
