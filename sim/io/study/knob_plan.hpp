#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "entente/ensemble/factor.hpp"
#include "entente/io/knobs.hpp"
#include "entente/io/study.hpp"
#include "entente/model/model.hpp"

namespace entente::detail {

/// The knobs by which a study's parameters are turned, all but the variant.
class KnobPlan {
 public:
  /// @param base  the scenario's model, for the baselines that fitted distances start from
  KnobPlan(const std::vector<StudyParameter>& parameters, const FactorSpace& space,
           const Model& base);

  [[nodiscard]] const std::vector<Knob>& knobs() const { return knobs_; }
  /// Parameter that a knob belongs to; of a baseline that several distances move, the first.
  [[nodiscard]] std::size_t parameter(std::size_t knob) const { return sources_[knob].parameter; }
  /// Knobs that a parameter moves.
  [[nodiscard]] std::vector<std::size_t> knobs_of(std::size_t parameter) const;
  /// Values of all knobs, given those of all factors.
  [[nodiscard]] std::vector<KnobValue> values(std::span<const double> factors) const;

 private:
  /// Where the value of a knob comes from: from one parameter, or it is the sum of distances.
  struct Source {
    std::size_t parameter = 0;
    double base = 0.0;              ///< that the distances are added to
    std::vector<std::size_t> gaps;  ///< parameters; empty: none are
  };

  void add_gap(std::size_t parameter, const Model& base);
  void add_probes(const FactorSpace& space);

  std::vector<StudyParameter> parameters_;
  std::vector<Knob> knobs_;
  std::vector<Source> sources_;
};

}  // namespace entente::detail
