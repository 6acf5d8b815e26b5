#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "entente/ensemble/cases.hpp"

namespace entente {

/// How intervals are resampled.
///
/// Resample x draws as many units as there are, with replacement: draw u takes unit
/// floor(w * units / 2^32), w the word of Philox at (seed; entity u, step 0, purpose bootstrap with
/// index 1, replicate x).
/// @source  Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13
struct ResampleOptions {
  std::size_t resamples = 1000;  ///< 0: no intervals
  double confidence = 0.95;      ///< of the intervals, in (0, 1)
  std::uint64_t seed = 1;
};

/// A number with a percentile interval of the bootstrap.
///
/// The ends are quantiles (1 - confidence) / 2 and (1 + confidence) / 2 of the resamples in which
/// the number is finite, by linear interpolation between order statistics (Hyndman & Fan 1996, type
/// 7). NaN where the number is not defined; ends and error also with fewer than two such resamples.
struct IntervalEstimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  double error = std::numeric_limits<double>::quiet_NaN();  ///< standard deviation of the resamples
};

/// Sobol's indices of one output: shares of its variance [1].
///
/// Estimates may leave [0, 1] by chance; they are not cut off. All are NaN where the output does
/// not vary over the rows of A and B that are used, or fewer than two blocks are whole.
struct SobolIndices {
  std::size_t blocks = 0;   ///< used
  std::size_t dropped = 0;  ///< left out: an output was missing
  double mean = 0.0;        ///< of the output, over A and B
  double variance = 0.0;    ///< of the output, over A and B
  bool constant = false;    ///< the output does not vary over A and B: no index is defined
  ResampleOptions options;
  std::size_t resamples = 0;             ///< of those asked for, in which the output varies
  std::vector<IntervalEstimate> first;   ///< by factor: what it explains alone
  std::vector<IntervalEstimate> total;   ///< by factor: alone and with others
  std::vector<IntervalEstimate> second;  ///< shape (factors, factors), symmetric: what two explain
                                         ///< beyond each alone; NaN on the diagonal. May be empty.
};

/// First-order, total and, where the design has them, second-order indices from Saltelli's design.
///
/// Rows come in blocks of k + 2, or 2 k + 2 with second order: A_n, (A_B^1)_n ... (A_B^k)_n,
/// [(B_A^1)_n ... (B_A^k)_n,] B_n; A_B^i is A with column i from B, B_A^i is B with column i from
/// A. A block with a missing output is left out whole. With N blocks left, m the mean of the 2 N
/// outputs of A and B, a = f(A) - m and so on, sums in the order of n:
///
///   V    = (1/2N) sum (a^2 + b^2)
///   S_i  = (1/N)  sum b (ab_i - a) / V                                      Saltelli et al. (2010)
///   T_i  = (1/2N) sum (a - ab_i)^2 / V                                      Jansen (1999)
///   S_ij = (1/2N) sum (ba_i ab_j + ba_j ab_i - 2 a b) / V - S_i - S_j       Saltelli (2002)
///
/// The last is the mean of the two estimates that the design allows. Intervals resample blocks and
/// repeat all of this, mean and variance included. Rows of a low-discrepancy sequence are not
/// independent: there the intervals are, as a rule, wider than they need to be.
///
/// Outputs that are means over replicates carry luck in their variance; `chance_share` says how
/// much at most, and paired luck in all rows of a block keeps most of it out of T_i.
///
/// @param outputs  one per row of the design
/// @throws std::invalid_argument  no factors, rows are not whole blocks, or a confidence that is
///                                not between 0 and 1
/// @note    O(resamples * N * k), with second order O(resamples * N * k^2)
/// @source  Saltelli (2002), Computer Physics Communications 145; Saltelli et al. (2010), Computer
///          Physics Communications 181; Jansen (1999), Computer Physics Communications 117; Homma &
///          Saltelli (1996), Reliability Engineering & System Safety 52 (centring)
[[nodiscard]] SobolIndices sobol_indices(std::span<const double> outputs, std::size_t factors,
                                         bool second_order, const ResampleOptions& options = {});

/// Replicates of one point of a design, summed up.
struct PointSummary {
  double mean = 0.0;
  double variance = 0.0;  ///< between replicates, divided by (replicates - 1)
  std::size_t replicates = 0;
};

/// How much of the variance of an output is chance and how much its factors: bounds.
///
/// Var(Y) = E[Var(Y | x)] + Var(E[Y | x]), the law of total variance. With P points, means m_p,
/// variances s_p^2 and r_p replicates:
///
///   within  = (1/P) sum s_p^2
///   luck    = (1/P) sum s_p^2 / r_p
///   S^2     = (1/(P-1)) sum (m_p - mean m)^2
///   between = S^2 - luck                                 analysis of variance, random effects
///
/// For points drawn independently, S^2 exceeds the variance between them, on average, by luck less
/// the mean covariance that luck gives to two means. That is 0 where points meet luck of their own;
/// then `between` is unbiased. Where they share it (common random numbers) it is above, as a rule,
/// and never above luck: S^2 itself is the other bound. How much of the luck is shared in effect,
/// means and variances do not tell.
///
/// `between` may come out below zero and counts as zero in the shares. A share is NaN where nothing
/// varies.
struct ChanceShare {
  std::size_t points = 0;   ///< used
  std::size_t dropped = 0;  ///< with fewer than two replicates or a missing mean or variance
  double within = 0.0;
  double between = 0.0;
  /// Of a single replicate, for independent luck: within / (within + between) [1]; the most.
  IntervalEstimate of_one;
  /// Of a single replicate, for wholly shared luck: within / (within + S^2) [1]; the least.
  double of_one_shared = std::numeric_limits<double>::quiet_NaN();
  /// Of the points' means, for independent luck: luck / (luck + between) [1]; the most. Luck that
  /// is wholly shared moves all means alike and has no part in their variance.
  IntervalEstimate of_mean;
};

/// Splits variance between points and within them.
///
/// Intervals resample points: they cover which points were chosen, not which luck the replicates
/// met, nor whether it is shared. Shared luck does not average out over points; it is in `within`
/// too.
///
/// Points must be drawn independently from what they stand for: of Saltelli's design give the rows
/// of A, or of A and B. All values are NaN with fewer than two points.
///
/// @throws std::invalid_argument  a confidence that is not between 0 and 1
/// @source  Searle, Casella & McCulloch (1992), Variance Components, chapter 3;
///          Law (2015), Simulation Modeling and Analysis, chapter 11 (common random numbers)
[[nodiscard]] ChanceShare chance_share(std::span<const PointSummary> points,
                                       const ResampleOptions& options = {});

/// Elementary effects of one factor. Errors are those of the jackknife; for the two means that is
/// standard deviation / sqrt(effects). NaN without effects; sigma and errors of means with fewer
/// than two, error of sigma with fewer than three.
struct MorrisEffects {
  std::size_t effects = 0;  ///< that both ends allow
  double mu = 0.0;          ///< mean: the direction
  double mu_star = 0.0;     ///< mean of absolute values: the importance
  double sigma = 0.0;       ///< standard deviation (n - 1): interactions, curvature and luck
  double mu_error = 0.0, mu_star_error = 0.0, sigma_error = 0.0;
};

struct MorrisScreening {
  std::size_t trajectories = 0;
  std::size_t dropped = 0;  ///< effects left out: an output was missing at one of their ends
  std::vector<MorrisEffects> factors;
};

/// Morris's screening. Rows are trajectories of k + 1 points, of which each changes one factor of
/// the one before; d = (y_{s+1} - y_s) / (x_{s+1} - x_s), in whatever unit x is given (the unit
/// cube makes factors comparable).
///
/// @throws std::invalid_argument  sizes do not fit, a factor's value is missing, or a step does not
///                                change exactly one factor that the trajectory has not changed
///                                yet; the message names the row
/// @source  Morris (1991), Technometrics 33; Campolongo, Cariboni & Saltelli (2007), Environmental
///          Modelling & Software 22 (mu*)
[[nodiscard]] MorrisScreening morris_screening(const Cases& trajectories);

/// One factor's linear and monotone relation to the output.
struct FactorRegression {
  double pearson = 0.0;    ///< correlation
  double spearman = 0.0;   ///< correlation of ranks
  double src = 0.0;        ///< standardised regression coefficient
  double src_error = 0.0;  ///< its standard error, sqrt(vif (1 - R^2) / (rows - factors used - 1))
  double pcc = 0.0;        ///< partial correlation
  double srrc = 0.0;       ///< src of ranks
  double prcc = 0.0;       ///< pcc of ranks
  double vif = 0.0;        ///< variance inflation factor, infinite where others determine it
};

/// Regression of an output on all its factors, of values and of ranks.
struct Regression {
  std::size_t rows = 0;         ///< used
  std::size_t dropped = 0;      ///< a factor or the output was missing
  double r_squared = 0.0;       ///< share of variance that the linear fit explains
  double rank_r_squared = 0.0;  ///< the same of ranks
  double condition = 0.0;  ///< sqrt(largest / smallest eigenvalue) of the factors' correlations
  bool constant = false;   ///< the output does not vary: nothing is defined
  std::vector<FactorRegression> factors;
};

/// Correlations and regression coefficients. Rows that miss a value are left out; ranks are those
/// of the rows left, ties share the mean of theirs.
///
/// With C the correlations of the factors, r those of factors and output, eigenvalues of C below
/// 1e-10 counted as zero and C^-1 the inverse on the rest:
///
///   src = C^-1 r,  R^2 = r' C^-1 r,  vif_i = (C^-1)_ii,
///   pcc_i = src_i / sqrt(src_i^2 + vif_i max(1 - R^2, 1e-15))
///
/// A factor that does not vary takes no part and has NaN. A factor that others determine has
/// an infinite vif and NaN for its coefficients; the others keep theirs. All coefficients are NaN
/// with no more rows than factors used and one.
///
/// @throws std::invalid_argument  sizes do not fit
/// @source  Saltelli, Chan & Scott (2000), Sensitivity Analysis, chapter 6; Saltelli et al. (2008),
///          Global Sensitivity Analysis: The Primer, chapter 1
[[nodiscard]] Regression regress(const Cases& cases);

/// What a reader of the numbers ought to know, one sentence each: what was left out, what is not
/// defined, what is too uncertain, what is collinear. Empty where there is nothing to say.
///
/// @param names  of the factors
/// @throws std::invalid_argument  another number of names
[[nodiscard]] std::vector<std::string> notes(const SobolIndices& indices,
                                             std::span<const std::string> names);
[[nodiscard]] std::vector<std::string> notes(const ChanceShare& share);
[[nodiscard]] std::vector<std::string> notes(const MorrisScreening& screening,
                                             std::span<const std::string> names);
[[nodiscard]] std::vector<std::string> notes(const Regression& regression,
                                             std::span<const std::string> names);

}  // namespace entente
