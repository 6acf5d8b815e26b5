#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "entente/ensemble/discovery.hpp"

namespace entente::detail {

/// The complete rows of cases, by factor, checked, and whether limits keep them out.
class BoxCases {
 public:
  /// @throws std::invalid_argument  see `prim`
  BoxCases(const Cases& cases, const PrimOptions& options);

  [[nodiscard]] std::size_t rows() const noexcept { return y_.size(); }
  [[nodiscard]] std::size_t factors() const noexcept { return columns_.size(); }
  [[nodiscard]] double hits() const noexcept { return hits_; }
  [[nodiscard]] double x(std::size_t factor, std::uint32_t row) const {
    return columns_[factor][row];
  }
  [[nodiscard]] double hits_of(std::span<const std::uint32_t> rows) const;
  /// End of the part of a line from `at` on that has the same value as its first row.
  [[nodiscard]] std::size_t end_of_tie(std::size_t factor, std::span<const std::uint32_t> line,
                                       std::size_t at) const;
  /// Rows by ascending value of a factor, ties by row.
  [[nodiscard]] const std::vector<std::uint32_t>& order(std::size_t factor) const {
    return orders_[factor];
  }

  /// @throws std::invalid_argument  another number of limits than of factors
  [[nodiscard]] Box measure(std::vector<Limits> limits) const;
  /// By row, how many factors' limits keep it out.
  [[nodiscard]] std::vector<std::uint32_t> violations(std::span<const Limits> limits) const;

 private:
  std::vector<std::vector<double>> columns_;
  std::vector<double> y_;
  std::vector<std::vector<std::uint32_t>> orders_;
  double hits_ = 0.0;
  bool all_or_nothing_ = true;  ///< outputs are 0 or 1
};

/// New limits of one factor and what the box then holds.
struct Change {
  std::size_t factor = 0;
  Limits limits;
  std::size_t rows = 0;
  double hits = 0.0;

  [[nodiscard]] double density() const { return hits / static_cast<double>(rows); }
};

/// The change with the highest score; equal ones: that which leaves more rows, then the first.
class BestChange {
 public:
  void offer(Change change, double score);
  void clear() { change_.reset(); }
  [[nodiscard]] const std::optional<Change>& change() const noexcept { return change_; }

 private:
  std::optional<Change> change_;
  double score_ = 0.0;
};

/// Rows by ascending value of a factor.
using Line = std::vector<std::uint32_t>;

[[nodiscard]] inline bool is_category(const PrimOptions& options, std::size_t factor) {
  return !options.kinds.empty() && options.kinds[factor] == FactorKind::category;
}
/// max(1, floor(share rows))
[[nodiscard]] std::size_t step_of(double share, std::size_t rows);
/// Halfway between the outermost value that stays and the next that goes. Where rounding leaves
/// nothing between them, the value that stays.
[[nodiscard]] double limit_between(double stays, double goes);

/// Box as `paste` makes it.
[[nodiscard]] Box pasted(const BoxCases& cases, const PrimOptions& options, Box box);

}  // namespace entente::detail
