#include "entente/ensemble/design.hpp"

#include <stdexcept>
#include <utility>

#include "ensemble/design_checks.hpp"
#include "ensemble/point_source.hpp"

namespace entente {
namespace {

std::size_t rows_of(const GridDesign& d, std::size_t factors) {
  return static_cast<std::size_t>(detail::combinations(d.levels, factors));
}
std::size_t rows_of(const ListDesign& d, std::size_t factors) { return d.values.size() / factors; }
std::size_t rows_of(const RandomDesign& d, std::size_t) { return d.points; }
std::size_t rows_of(const LatinDesign& d, std::size_t) { return d.points; }
std::size_t rows_of(const SobolDesign& d, std::size_t) { return d.points; }
std::size_t rows_of(const SaltelliDesign& d, std::size_t factors) {
  return d.base * ((d.second_order ? 2 * factors : factors) + 2);
}
std::size_t rows_of(const MorrisDesign& d, std::size_t factors) {
  return d.trajectories * (factors + 1);
}
std::size_t rows_of(const OneAtATimeDesign& d, std::size_t factors) {
  return 1 + d.steps * factors;
}

std::string_view name(const GridDesign&) { return "grid"; }
std::string_view name(const ListDesign&) { return "list"; }
std::string_view name(const RandomDesign&) { return "random"; }
std::string_view name(const LatinDesign&) { return "latin_hypercube"; }
std::string_view name(const SobolDesign&) { return "sobol"; }
std::string_view name(const SaltelliDesign&) { return "saltelli"; }
std::string_view name(const MorrisDesign&) { return "morris"; }
std::string_view name(const OneAtATimeDesign&) { return "one_at_a_time"; }

std::string_view order(const GridDesign&) {
  return "every combination of levels, the last factor changing fastest";
}
std::string_view order(const ListDesign&) { return "as given"; }
std::string_view order(const RandomDesign&) { return "as drawn; rows are exchangeable"; }
std::string_view order(const LatinDesign&) { return "as drawn; rows are exchangeable"; }
std::string_view order(const SobolDesign&) { return "along the sequence, by Gray code"; }
std::string_view order(const SaltelliDesign& d) {
  return d.second_order ? "for each n: A_n, then (A_B^i)_n and then (B_A^i)_n by factor, B_n"
                        : "for each n: A_n, then (A_B^i)_n by factor, B_n";
}
std::string_view order(const MorrisDesign&) {
  return "trajectory by trajectory, each from its first point on";
}
std::string_view order(const OneAtATimeDesign&) {
  return "the base, then factor by factor from low to high";
}

/// Whether a design may have a coordinate of the cube that is 0 or 1.
bool has_ends(const std::vector<double>& coordinates) {
  for (const double u : coordinates) {
    if (u <= 0.0 || u >= 1.0) return true;
  }
  return false;
}

template <class D>
bool has_ends(const D&) {
  return false;
}
bool has_ends(const GridDesign& d) {
  if (d.placement == GridDesign::Placement::middles) return false;
  for (const auto levels : d.levels) {
    if (levels > 1) return true;
  }
  return false;
}
bool has_ends(const SobolDesign& d) { return d.scramble == Scramble::none && d.skip == 0; }
bool has_ends(const SaltelliDesign& d) { return d.scramble == Scramble::none && d.skip == 0; }
bool has_ends(const MorrisDesign&) { return true; }
bool has_ends(const OneAtATimeDesign& d) {
  return d.coordinates == Coordinates::cube &&
         (has_ends(d.base) || has_ends(d.low) || has_ends(d.high));
}

void check_row(std::size_t row, std::size_t rows) {
  if (row >= rows) {
    throw std::out_of_range("StudyDesign: found row " + std::to_string(row) + "; allowed: below " +
                            std::to_string(rows));
  }
}

}  // namespace

std::string_view name_of(const DesignKind& kind) {
  return std::visit([](const auto& d) { return name(d); }, kind);
}

std::string_view row_order(const DesignKind& kind) {
  return std::visit([](const auto& d) { return order(d); }, kind);
}

StudyDesign::StudyDesign(DesignKind kind, std::size_t factors)
    : kind_(std::move(kind)), factors_(factors), rows_(0) {
  detail::refuse(violations(kind_, factors_));
  rows_ = std::visit([&](const auto& d) { return rows_of(d, factors_); }, kind_);
  source_ = std::visit([&](const auto& d) { return detail::make_source(d, factors_); }, kind_);
}

Coordinates StudyDesign::coordinates() const noexcept {
  if (std::holds_alternative<ListDesign>(kind_)) return Coordinates::values;
  const auto* one = std::get_if<OneAtATimeDesign>(&kind_);
  return one != nullptr ? one->coordinates : Coordinates::cube;
}

bool StudyDesign::touches_ends() const {
  return std::visit([](const auto& d) { return has_ends(d); }, kind_);
}

std::vector<double> StudyDesign::point(std::size_t row) const {
  check_row(row, rows_);
  return source_->point(row);
}

RowPlace StudyDesign::place(std::size_t row) const {
  check_row(row, rows_);
  return source_->place(row);
}

std::vector<double> values_at(const StudyDesign& design, const FactorSpace& space,
                              std::size_t row) {
  auto point = design.point(row);
  if (point.size() != space.size()) {
    throw std::invalid_argument("values_at: the design is for another number of factors");
  }
  return design.coordinates() == Coordinates::values ? point : space.values(point);
}

}  // namespace entente
