#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "decision.hpp"
#include "entente/engine/recorder.hpp"

namespace entente::cli {

/// Events and bodies that may set, hold or confine the rung of a question in its step.
///
/// Whether an event with a probability or a condition was in force is not recorded; where the
/// recorded rung agrees with its absence, it counts as absent.
class Pins {
 public:
  Pins(const Model& model, const Question& question);

  /// Finds the rung that replicate `r` of the tile decided from, and what stood in the way of the
  /// choice: fills `own`, `held` and `events` of a decision that is complete otherwise.
  ///
  /// @param before  rung at the end of the step before
  void settle(const TileResult& tile, std::size_t r, Rung before, Decision& decision) const;

 private:
  struct Pin {
    std::string id;
    const Change* change = nullptr;
    bool certain = false;      ///< an event that no luck or condition keeps away
    std::ptrdiff_t body = -1;  ///< position of the body that it belongs to
  };

  void add(const std::string& id, const std::vector<Change>& changes, bool certain,
           std::ptrdiff_t body, bool impulses);
  void add_event(const Event& event);
  [[nodiscard]] bool body_says_yes(const TileResult& tile, std::size_t r, std::size_t body) const;
  /// Applies the pins that `in_force` admits; returns the rung at the end of the step.
  template <class InForce>
  Rung apply(const InForce& in_force, Rung before, Decision& decision) const;

  const Model& model_;
  Question question_;
  std::vector<Pin> pins_;
};

}  // namespace entente::cli
