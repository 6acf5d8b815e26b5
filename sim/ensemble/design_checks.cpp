#include "ensemble/design_checks.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "ensemble/point_source.hpp"
#include "entente/ensemble/design.hpp"

namespace entente {
namespace {

using Checks = detail::FieldChecks;
using detail::most_rows;

bool in(Checks& checks, std::string_view field, std::uint64_t found, std::uint64_t low,
        std::uint64_t high) {
  return checks.expect(found >= low && found <= high, field, std::to_string(found),
                       fmt::format("{} to {}", low, high));
}

bool one_or_each(Checks& checks, std::string_view field, std::size_t found, std::size_t factors) {
  return checks.expect(found == 1 || found == factors, field, fmt::format("{} numbers", found),
                       factors == 1 ? "1" : fmt::format("1 or {}, one per factor", factors));
}

/// Rows that come in groups.
bool groups(Checks& checks, std::string_view field, std::size_t found, std::size_t each) {
  return in(checks, field, found, 1, most_rows / each);
}

void check(const GridDesign& d, std::size_t factors, Checks& checks) {
  bool fits = one_or_each(checks, "levels", d.levels.size(), factors);
  for (std::size_t n = 0; n < d.levels.size(); ++n) {
    fits &= in(checks, detail::item("levels", n), d.levels[n], 1, most_rows);
  }
  if (!fits) return;
  checks.expect(detail::combinations(d.levels, factors) <= most_rows, "levels",
                std::string("more than 2^32 combinations"), "2^32 or fewer");
}

void check(const ListDesign& d, std::size_t factors, Checks& checks) {
  checks.expect(!d.values.empty() && d.values.size() % factors == 0, "values",
                fmt::format("{} numbers", d.values.size()),
                fmt::format("rows of {} numbers, one or more", factors));
  for (std::size_t n = 0; n < d.values.size(); ++n) {
    checks.expect(std::isfinite(d.values[n]),
                  detail::item(detail::item("values", n / factors), n % factors), d.values[n],
                  "finite numbers");
  }
}

void check(const RandomDesign& d, std::size_t, Checks& checks) {
  in(checks, "points", d.points, 1, most_rows);
}

void check(const LatinDesign& d, std::size_t, Checks& checks) {
  // With more the place within a stratum would be rounded.
  in(checks, "points", d.points, 1, std::uint64_t{1} << 20);
  if (d.criterion != LatinDesign::Criterion::plain) in(checks, "tries", d.tries, 1, most_rows - 1);
}

void check_sequence(std::size_t length, std::string_view field, std::size_t skip,
                    std::size_t columns, std::size_t each, Checks& checks) {
  if (groups(checks, field, length, each)) in(checks, "skip", skip, 0, most_rows - length);
  checks.expect(columns <= detail::most_sobol_columns, "factors",
                fmt::format("{} columns of the Sobol sequence", columns),
                fmt::format("{} or fewer", detail::most_sobol_columns));
}

void check(const SobolDesign& d, std::size_t factors, Checks& checks) {
  check_sequence(d.points, "points", d.skip, factors, 1, checks);
}

void check(const SaltelliDesign& d, std::size_t factors, Checks& checks) {
  const std::size_t each = (d.second_order ? 2 * factors : factors) + 2;
  check_sequence(d.base, "base", d.skip, 2 * factors, each, checks);
}

void check(const MorrisDesign& d, std::size_t factors, Checks& checks) {
  constexpr std::size_t most_candidates = 2000;  // distances of all pairs are held
  groups(checks, "trajectories", d.trajectories, factors + 1);
  checks.expect(d.levels >= 2 && d.levels <= 65536 && d.levels % 2 == 0, "levels",
                std::to_string(d.levels), "even numbers, 2 to 65536");
  if (d.candidates == 0) return;
  checks.expect(d.candidates >= d.trajectories && d.candidates <= most_candidates, "candidates",
                std::to_string(d.candidates),
                fmt::format("0 (all as drawn), or from the number of trajectories ({}) to {}",
                            d.trajectories, most_candidates));
}

void check(const OneAtATimeDesign& d, std::size_t factors, Checks& checks) {
  in(checks, "steps", d.steps, 2, (most_rows - 1) / factors);
  const bool is_cube = d.coordinates == Coordinates::cube;
  const auto check_all = [&](std::string_view field, const std::vector<double>& numbers) {
    one_or_each(checks, field, numbers.size(), factors);
    for (std::size_t n = 0; n < numbers.size(); ++n) {
      const double x = numbers[n];
      checks.expect(is_cube ? x >= 0.0 && x <= 1.0 : std::isfinite(x), detail::item(field, n), x,
                    is_cube ? "0 to 1" : "finite numbers");
    }
  };
  check_all("base", d.base);
  check_all("low", d.low);
  check_all("high", d.high);
}

void warn_of_length(std::string_view field, std::size_t length, std::size_t skip,
                    std::vector<std::string>& warnings) {
  if (!std::has_single_bit(length)) {
    warnings.push_back(fmt::format(
        "{}: {} is no power of 2, so the Sobol sequence is cut off out of balance; next ones: {} "
        "and {}",
        field, length, std::bit_floor(length), std::bit_floor(length) * 2));
  } else if (skip % length != 0) {
    warnings.push_back(fmt::format(
        "skip: {} is no multiple of the {} points, so they are not a balanced part of the Sobol "
        "sequence",
        skip, length));
  }
}

/// In how many even parts a design looks at a column; 0 = no fixed number.
std::size_t parts(const DesignKind& kind, std::size_t column) {
  if (const auto* morris = std::get_if<MorrisDesign>(&kind)) return morris->levels;
  const auto* grid = std::get_if<GridDesign>(&kind);
  if (grid == nullptr) return 0;
  return grid->levels.size() == 1 ? grid->levels[0] : grid->levels[column];
}

bool fits(const Support& support, double value) {
  return value >= support.low && value <= support.high &&
         (!support.whole || std::floor(value) == value);
}

/// Values of each factor that it cannot have, the first with the number of others.
void check_values(const StudyDesign& design, const FactorSpace& space, detail::Findings& findings) {
  std::vector<std::size_t> misfits(space.size());
  std::vector<std::string> first(space.size());
  for (std::size_t row = 0; row < design.rows(); ++row) {
    const auto point = design.point(row);
    for (std::size_t f = 0; f < space.size(); ++f) {
      if (fits(space.support(f), point[f])) continue;
      if (misfits[f]++ == 0) first[f] = fmt::format("{} in row {}", point[f], row);
    }
  }
  for (std::size_t f = 0; f < space.size(); ++f) {
    if (misfits[f] == 0) continue;
    const Support support = space.support(f);
    if (misfits[f] > 1) first[f] += fmt::format(" and {} more", misfits[f] - 1);
    findings.report(space.factors()[f].name, first[f],
                    fmt::format("{}{} to {}", support.whole ? "whole numbers from " : "",
                                support.low, support.high));
  }
}

}  // namespace

std::uint64_t detail::combinations(const std::vector<std::size_t>& levels, std::size_t factors) {
  std::uint64_t rows = 1;
  for (std::size_t f = 0; f < factors; ++f) {
    const std::uint64_t of = levels.size() == 1 ? levels[0] : levels[f];
    if (of > most_rows / rows) return most_rows + 1;
    rows *= of;
  }
  return rows;
}

std::vector<std::string> violations(const DesignKind& kind, std::size_t factors) {
  detail::Findings findings;
  Checks checks(findings, "");
  // A column is 16 bits of a random address.
  if (in(checks, "factors", factors, 1, 65536)) {
    std::visit([&](const auto& d) { check(d, factors, checks); }, kind);
  }
  return findings.take();
}

std::vector<std::string> warnings(const DesignKind& kind) {
  std::vector<std::string> warnings;
  if (const auto* sobol = std::get_if<SobolDesign>(&kind)) {
    warn_of_length("points", sobol->points, sobol->skip, warnings);
  }
  if (const auto* saltelli = std::get_if<SaltelliDesign>(&kind)) {
    warn_of_length("base", saltelli->base, saltelli->skip, warnings);
  }
  const auto* latin = std::get_if<LatinDesign>(&kind);
  if (latin != nullptr && latin->criterion == LatinDesign::Criterion::exchange &&
      latin->tries < 10 * latin->points) {
    warnings.push_back(
        fmt::format("tries: {} exchanges hardly move {} points", latin->tries, latin->points));
  }
  const auto* morris = std::get_if<MorrisDesign>(&kind);
  if (morris != nullptr && morris->candidates > morris->trajectories) {
    warnings.emplace_back(
        "candidates: chosen trajectories are no random sample, so standard errors of effects are "
        "rough");
  }
  return warnings;
}

std::vector<std::string> violations(const StudyDesign& design, const FactorSpace& space) {
  detail::Findings findings;
  if (design.factors() != space.size()) {
    findings.report("factors", fmt::format("a design for {}", design.factors()),
                    fmt::format("one for {}", space.size()));
    return findings.take();
  }
  if (design.coordinates() == Coordinates::values) {
    check_values(design, space, findings);
  } else if (design.touches_ends()) {
    for (std::size_t f = 0; f < space.size(); ++f) {
      const Support support = space.support(f);
      if (std::isfinite(support.low) && std::isfinite(support.high)) continue;
      findings.report(space.factors()[f].name,
                      fmt::format("an unbounded factor in a design ({}) with points at the ends",
                                  name_of(design.kind())),
                      "distributions with two ends, such as truncated_normal, or a design inside "
                      "the cube");
    }
  }
  return findings.take();
}

std::vector<std::string> warnings(const StudyDesign& design, const FactorSpace& space) {
  auto warnings = entente::warnings(design.kind());
  const bool is_decomposed = std::holds_alternative<SaltelliDesign>(design.kind()) ||
                             std::holds_alternative<MorrisDesign>(design.kind());
  if (is_decomposed && !space.blocks().empty()) {
    warnings.emplace_back(
        "jointly normal factors depend on each other; what this design tells of one belongs to the "
        "independent normal of its column, not to the factor");
  }
  for (std::size_t f = 0; f < space.size(); ++f) {
    const std::size_t looked_at = parts(design.kind(), f);
    const Support support = space.support(f);
    const double values = support.high - support.low + 1.0;
    if (looked_at == 0 || !support.whole || static_cast<double>(looked_at) >= values) continue;
    warnings.push_back(fmt::format("{}: {} levels cannot show all its {} values",
                                   space.factors()[f].name, looked_at, values));
  }
  return warnings;
}

}  // namespace entente
