#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace entente::score {

/// Scores of probabilistic forecasts. Lower is better unless stated; all are proper where the
/// literature calls them so. All throw std::invalid_argument where sizes do not fit, where there is
/// nothing to score, and for probabilities outside [0, 1] or values that are not numbers.

/// -ln of the probability given to what happened, in nats; infinite where that was 0.
///
/// @param probabilities  of each outcome; sum 1
/// @source  Good (1952), Rational decisions, Journal of the Royal Statistical Society B 14
[[nodiscard]] double log_score(std::span<const double> probabilities, std::size_t outcome);

/// Sum over outcomes of (p - [it happened])^2; in [0, 2].
///
/// @source  Brier (1950), Verification of forecasts expressed in terms of probability, Monthly
///          Weather Review 78
[[nodiscard]] double brier_score(std::span<const double> probabilities, std::size_t outcome);

/// Ranked probability score of ordered outcomes: sum over rungs of the squared difference of
/// cumulative probabilities, divided by (outcomes - 1); in [0, 1], and 0 for a single outcome.
///
/// @source  Epstein (1969), A scoring system for probability forecasts of ranked categories,
///          Journal of Applied Meteorology 8
[[nodiscard]] double ranked_probability_score(std::span<const double> probabilities,
                                              std::size_t outcome);

/// Continuous ranked probability score of an ensemble: E|X - y| - E|X - X'| / 2, with all ordered
/// pairs of distinct members in the second mean (the fair form; one member has no such pair, which
/// leaves the distance).
///
/// @param members  at least one, any order
/// @source  Gneiting & Raftery (2007), Strictly proper scoring rules, prediction, and estimation,
///          Journal of the American Statistical Association 102; Ferro (2014), Fair scores for
///          ensemble forecasts, Quarterly Journal of the Royal Meteorological Society 140
[[nodiscard]] double crps(std::span<const double> members, double outcome);

/// Area under the receiver operating characteristic: the probability that a random positive case
/// is ranked above a random negative one, ties counting one half. Higher is better; NaN where one
/// of the classes is empty.
[[nodiscard]] double area_under_roc(std::span<const double> scores,
                                    std::span<const std::uint8_t> positive);

/// Average precision: mean over positives of the precision at their rank; cases that tie share
/// the precision at the end of the tie. Higher is better; NaN without a positive.
[[nodiscard]] double average_precision(std::span<const double> scores,
                                       std::span<const std::uint8_t> positive);

/// One bin of a calibration table.
struct CalibrationBin {
  double low = 0.0, high = 0.0;  ///< forecasts in [low, high), the last bin closed
  std::size_t cases = 0;
  double mean_forecast = 0.0;
  double share = 0.0;  ///< of cases that came true
};

/// Forecasts against frequencies, in bins with the given inner edges (ascending, in (0, 1)). Empty
/// bins are left out.
[[nodiscard]] std::vector<CalibrationBin> calibration(std::span<const double> forecasts,
                                                      std::span<const std::uint8_t> happened,
                                                      std::span<const double> edges);

/// True where `outcome` lies within the central interval of the ensemble that holds `share` of it,
/// both ends included (quantiles by linear interpolation between order statistics).
[[nodiscard]] bool covers(std::span<const double> members, double outcome, double share);

/// Quantile of an ensemble by linear interpolation between order statistics (Hyndman & Fan 1996,
/// type 7).
[[nodiscard]] double quantile(std::vector<double> members, double probability);

/// 1 - total / reference: the share of the reference's loss that is saved; 0 = no better, also
/// where both are 0. NaN where both are infinite or the reference's is negative, and an interval of
/// NaN where a sample meets that. With a percentile bootstrap over clusters (actors), since the
/// decisions of one are not independent.
struct Skill {
  double value = 0.0;
  double low = 0.0, high = 0.0;  ///< 2.5 and 97.5 percentiles
};

/// @param losses     of the method, one per case
/// @param reference  losses of the baseline on the same cases
/// @param clusters   of each case, 0 ... clusters - 1; those without a case are not drawn
/// @param draws      bootstrap samples; luck is Philox with `seed`, so the interval is repeatable
/// @source  Efron & Tibshirani (1993), An Introduction to the Bootstrap; Cameron, Gelbach & Miller
///          (2008), Bootstrap-based improvements for inference with clustered errors, Review of
///          Economics and Statistics 90
[[nodiscard]] Skill skill(std::span<const double> losses, std::span<const double> reference,
                          std::span<const std::uint32_t> clusters, std::size_t draws = 2000,
                          std::uint64_t seed = 1);

}  // namespace entente::score
