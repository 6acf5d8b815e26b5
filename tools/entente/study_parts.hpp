#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "study_findings.hpp"

// What findings are made of; each part is said of one output or one interest.
namespace entente::cli {

/// Means by value over some rows, of the parameters asked for, the largest share first.
[[nodiscard]] std::vector<Levels> find_levels(const StudyTable& table,
                                              std::span<const std::size_t> parameters,
                                              std::span<const std::size_t> rows,
                                              std::span<const double> output);

/// Changes against the base, of a design that changes one parameter at a time.
///
/// @param errors  standard errors of the outputs; may be empty
[[nodiscard]] OneAtATime find_steps(const StudyTable& table, std::span<const double> output,
                                    std::span<const double> errors);

/// `COLUMN[.STATISTIC] >= NUMBER`, with `<=`, or without limits.
///
/// @throws UsageError  it is something else, or the study has no such column or statistic
[[nodiscard]] Interest read_interest(const std::string& text, const StudyHead& head);

/// Looks for boxes. What cannot be done is a refusal.
///
/// @param box  of the trajectory; none: the knee
/// @throws UsageError  there is no such box
[[nodiscard]] Discovery discover(const StudyTable& table, const Interest& interest,
                                 std::optional<std::size_t> box);

}  // namespace entente::cli
