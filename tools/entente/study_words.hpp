#pragma once

#include <string>
#include <vector>

#include "study_findings.hpp"

namespace entente::cli {

/// A number of an output: three digits; `-` where it is missing.
[[nodiscard]] std::string number_text(double value);

/// `recognitions@2030-12`, `q95 of recognitions@2030-12`.
[[nodiscard]] std::string output_text(const std::string& output, const std::string& statistic);
/// `recognitions@2030-12 at or above 5`.
[[nodiscard]] std::string interest_text(const Interest& interest);

/// `religion at or above 8.1`, `variant none or sanctions`.
///
/// @param whole  the parameter takes whole numbers only
[[nodiscard]] std::string limits_text(const StudyFactor& parameter, const Limits& limits,
                                      bool whole);
/// All that a box limits: `religion at or above 8.1 and variant none`; `any` where nothing.
[[nodiscard]] std::string box_text(const Findings& findings, const Discovery& discovery,
                                   const Box& box);

/// What matters most of an output, in a sentence or two.
[[nodiscard]] std::string finding_text(const Findings& findings, const OutputFindings& found);
/// Where it is common, in a sentence or two; the refusal where there is one.
[[nodiscard]] std::string discovery_text(const Findings& findings, const Discovery& discovery);

/// The part of the text that tells a discovery: sentence, boxes, limits of the chosen one.
[[nodiscard]] std::string boxes_text(const Findings& findings, const Discovery& discovery,
                                     std::size_t top);

/// Factors by importance, the largest number first; those without one last.
[[nodiscard]] std::vector<std::size_t> by_size(const std::vector<double>& sizes);
/// Order in which the parameters of an analysis are told.
[[nodiscard]] std::vector<std::size_t> order_of(const SobolIndices& indices);
[[nodiscard]] std::vector<std::size_t> order_of(const MorrisScreening& screening);
[[nodiscard]] std::vector<std::size_t> order_of(const Regression& regression);

}  // namespace entente::cli
