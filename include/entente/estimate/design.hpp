#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "entente/estimate/history.hpp"
#include "entente/model/model.hpp"
#include "entente/model/term.hpp"

namespace entente {

/// A number that the utilities are linear in.
struct Coefficient {
  enum class Kind : std::uint8_t {
    term,       ///< a field of a term with the unit `utility`
    covariate,  ///< the coefficient of a covariate
    gap,        ///< baseline of a rung less that of the rung below
    down        ///< cost of a step down a ladder
  };
  std::string
      name;  ///< `security`, `cross.coercion`, `religion`, `engagement.contact`, `engagement.down`
  Kind kind = Kind::term;
  std::size_t place = 0;  ///< in Model::terms or Model::covariates; the ladder for gap and down
  std::size_t part = 0;   ///< field of the term; the upper rung of the gap
  double value = 0.0;     ///< in the model that the design was made from
};

/// What one actor did on one ladder in one step of a history.
struct Decision {
  std::uint32_t actor = 0;
  std::uint32_t step = 0;
  std::uint16_t authority = 0;
  std::uint16_t history = 0;  ///< which, where several are pooled
  LadderRole ladder = LadderRole::engagement;
  Rung from = 0;
  std::int8_t moved = 0;     ///< -1, 0 or 1 rung
  bool can_rise = false;     ///< there is a rung above
  bool can_fall = false;     ///< there is a rung below
  double opportunity = 1.0;  ///< probability of reconsidering [1]
  /// What the actor's disposition (a covariate whose values are estimated) multiplies.
  double rise_effect = 0.0, fall_effect = 0.0;
};

/// The decisions of a history and what each coefficient adds to the utilities of moving: utilities
/// are linear in the coefficients, so this is all that a likelihood needs.
///
/// P coefficients, n decisions. Differences are against staying and over the temperature:
/// V(above) - V(own) = offset_rise + sum_c rise[., c] * theta_c.
struct Design {
  std::vector<Coefficient> coefficients;
  std::vector<Decision> decisions;
  std::vector<double> rise;                      ///< (n, P); 0 where there is no rung above
  std::vector<double> fall;                      ///< (n, P); 0 where there is no rung below
  std::vector<double> offset_rise, offset_fall;  ///< (n): what is not a coefficient (`up` costs)

  [[nodiscard]] std::size_t size() const { return decisions.size(); }
};

/// The design of a history: the engine runs along the recorded path and reports each term's
/// contribution with a coefficient of one. What the record does not tell (salience of threats,
/// states of the authority) is averaged over `replicates` runs of the model given the record: the
/// drivers enter by their mean.
///
/// Coefficients: every term field with the unit `utility`, every covariate, and for each ladder
/// with decisions on record its gaps and `down` (`up` is not identified beside them and stays as
/// the model has it, as does what is not linear: temperature, rates, profiles, cover).
///
/// @throws std::invalid_argument  the path is not that of a world of this size
/// @throws NumericalError         a driver is not finite, or somebody moves who never reconsiders
[[nodiscard]] Design design_of(const Model& model, const Path& path, const TermRegistry& registry,
                               std::size_t replicates = 16, std::size_t threads = 0);

/// Decisions of steps before `origin`, all coefficients.
[[nodiscard]] Design before(const Design& design, std::uint32_t origin);

/// One design of several histories. Coefficients of the same name are one number, but for those of
/// ladders and those named in `separate`, which each history has for itself (`name@history`).
///
/// @param names  of the histories, distinct
[[nodiscard]] Design pool(const std::vector<Design>& designs, const std::vector<std::string>& names,
                          const std::vector<std::string>& separate);

/// Values of a pooled design's coefficients for one of its histories, in the order of `own`, which
/// are the coefficients of that history's design: `name@history` where there is such a one, else
/// `name`, else the value that it has.
///
/// @param all  values of the pooled coefficients, in their order
[[nodiscard]] std::vector<double> own_coefficients(const Design& pooled,
                                                   const std::vector<double>& all,
                                                   const std::vector<Coefficient>& own,
                                                   const std::string& history);

/// The model with other values of the covariate that is by actor; actors not named get 0.
///
/// @throws std::invalid_argument  the model has no such covariate
[[nodiscard]] Model with_dispositions(Model model,
                                      const std::vector<std::pair<std::uint32_t, double>>& values);

/// The model with other coefficients; `values` is in the order of `coefficients`, which are those
/// of a design of this model or some of them. The others stay.
[[nodiscard]] Model with_coefficients(Model model, const std::vector<Coefficient>& coefficients,
                                      const std::vector<double>& values);

}  // namespace entente
