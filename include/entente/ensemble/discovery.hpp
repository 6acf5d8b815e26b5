#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "entente/ensemble/cases.hpp"

namespace entente {

/// Scenario discovery by the patient rule induction method (PRIM): boxes in the space of factors in
/// which an outcome of interest is common.
///
/// The output of a case is in [0, 1]: 1 or 0, whether the outcome came about, or the share of
/// replicates in which it did. Cases with a missing value are left out.

/// What a box allows one factor.
struct Limits {
  double low = -std::numeric_limits<double>::infinity();  ///< of a number: low <= x <= high
  double high = std::numeric_limits<double>::infinity();
  std::vector<double> excluded;  ///< of a category: values that are not in the box, ascending

  [[nodiscard]] bool restricts() const;
  [[nodiscard]] bool allows(double x) const;  ///< false where x is NaN
};

/// A box and what is in it.
struct Box {
  std::vector<Limits> limits{};  ///< by factor
  std::size_t rows = 0;          ///< cases in the box
  double hits = 0.0;             ///< sum of their outputs
  double coverage = 0.0;         ///< share of all hits that is in the box; NaN where there are none
  double density = 0.0;          ///< share of the box's rows that are hits; NaN where it is empty
  double mass = 0.0;             ///< share of all rows that is in the box
  std::size_t restricted = 0;    ///< number of factors with limits
  /// By factor: chance of at least as many hits in the box if the factor's limits did nothing,
  /// P(X >= hits), X binomial with the box's rows and the density of the box without these limits.
  /// Small: the limits matter. NaN where there are no limits, the box is empty, or outputs are not
  /// all 0 or 1. The limits were found in the same cases, hence `quasi`: it favours limits.
  std::vector<double> quasi_p{};

  /// Whether every factor is within its limits.
  [[nodiscard]] bool contains(std::span<const double> x) const;
};

/// Whether values are ordered or only names of alternatives.
enum class FactorKind : std::uint8_t { number = 0, category = 1 };

/// By what the next peel is chosen.
enum class PeelBy : std::uint8_t {
  density = 0,         ///< of what remains (Friedman & Fisher 1999)
  density_per_row = 1  ///< its gain per row that is removed (Kwakkel & Jaxa-Rozen 2016): fairer to
                       ///< numbers where other factors are categories or take few values
};

struct PrimOptions {
  double peel = 0.05;      ///< share of the box's rows that a peel removes, in (0, 1)
  double paste = 0.05;     ///< share of the box's rows that a paste first tries to add, in [0, 1)
  double min_mass = 0.05;  ///< no box holds a smaller share of all rows, in [0, 1]
  PeelBy by = PeelBy::density;
  std::vector<FactorKind> kinds{};  ///< of the factors; empty: all are numbers
};

/// The boxes that peeling went through, of which the caller takes one.
struct PrimTrajectory {
  std::size_t rows = 0;     ///< used
  std::size_t dropped = 0;  ///< a factor or the output was missing
  double hits = 0.0;
  std::vector<Box> boxes;  ///< from the whole space on; the last may be pasted
  bool pasted = false;     ///< whether the last box is the one before it, pasted
};

/// Peels, then pastes the last box.
///
/// Peeling: from a box with n rows, m = max(1, floor(peel n)). Of a number, the rows below the
/// (m + 1)-th smallest value go, or those above the (m + 1)-th largest; where that is none, since
/// they tie, all rows of the outermost value go. Of a category, all rows of one value go. No peel
/// empties a box or brings it below min_mass. The best peel is taken by `by`; equal ones: the one
/// that leaves more rows, then the first in the order of factors, low before high, values
/// ascending. It ends where no peel is allowed or the box holds no hits or nothing else. A limit is
/// halfway between the outermost value that stays and the next that goes.
///
/// @throws std::invalid_argument  sizes do not fit, an output outside [0, 1], or options outside
///                                their range; all are named
/// @note    O(peels * rows * factors)
/// @source  Friedman & Fisher (1999), Statistics and Computing 9; Bryant & Lempert (2010),
///          Technological Forecasting & Social Change 77 (scenario discovery, quasi-p-values);
///          Kwakkel & Jaxa-Rozen (2016), Environmental Modelling & Software 79 (ties, categories)
[[nodiscard]] PrimTrajectory prim(const Cases& cases, const PrimOptions& options = {});

/// Enlarges a box as long as its density does not fall.
///
/// First, limits that keep out no row that all other limits let in are lifted. Then, in a box with
/// n rows, each side of a number is moved out over the nearest max(1, floor(paste n)) rows and
/// those that tie with the last of them, and each value of a category is let in again; the best by
/// density is taken, equal ones as in peeling. Where all lower the density the step is halved, down
/// to one row. A limit with no row left beyond it is lifted.
///
/// @throws std::invalid_argument  as `prim`, or another number of limits than of factors
[[nodiscard]] Box paste(const Cases& cases, Box box, const PrimOptions& options = {});

/// Counts what limits hold: to see what a box is worth once a limit is dropped or rounded.
///
/// @param limits  by factor
/// @throws std::invalid_argument  as `paste`
[[nodiscard]] Box measure_box(const Cases& cases, std::vector<Limits> limits);

/// The default choice among boxes: the knee of density against coverage.
///
/// With the highest density and the lowest coverage among the boxes, the box with the largest
///
///   (density - density_0) / (highest - density_0) - (1 - coverage) / (1 - lowest),
///
/// the second part 0 where all boxes cover everything; equal ones: fewer restricted factors, then
/// the first. Box 0 is the whole space.
///
/// @return  its place; 0 where none is denser than the first
/// @throws std::invalid_argument  no boxes
/// @source  Satopaa, Albrecht, Irwin & Raghavan (2011), ICDCS workshops (difference curve)
[[nodiscard]] std::size_t knee_box(std::span<const Box> boxes);

/// Another choice: the densest of the boxes with at least the given coverage; equal ones: fewer
/// restricted factors, then higher coverage, then the first.
///
/// @return  its place; 0 where no box covers as much
/// @throws std::invalid_argument  no boxes
[[nodiscard]] std::size_t densest_box(std::span<const Box> boxes, double least_coverage);

}  // namespace entente
