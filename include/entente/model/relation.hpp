#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// Relation entries are taken in units of 2^-15, so that sums over actors are exact integers and
/// do not depend on the order in which they are formed.
inline constexpr std::int32_t relation_unit = 1 << 15;

/// A directed relation between actors in fixed point, sparse, by column.
///
/// Column j lists the actors i who look at j: when j moves, those are the sums that change.
/// Diagonal entries are not allowed.
class Relation {
 public:
  struct Entry {
    std::uint32_t row;    ///< i, who looks
    std::int32_t weight;  ///< W_ij in units of 2^-15, >= 0
    friend bool operator==(const Entry&, const Entry&) = default;
  };

  Relation() = default;
  explicit Relation(std::size_t actors);

  /// From rows of non-negative numbers, each scaled so that its fixed-point entries sum to exactly
  /// `relation_unit` (largest remainder; ties to the lower column). A row of zeros stays zero.
  ///
  /// @param dense  row-major, shape (actors, actors), finite and >= 0, diagonal 0 [1]
  static Relation normalised(std::size_t actors, std::span<const double> dense);
  /// From rows taken as they are, each entry rounded to the nearest multiple of 2^-15.
  static Relation scaled(std::size_t actors, std::span<const double> dense);
  /// From (row, column, weight) in fixed point; weights of the same pair are added.
  static Relation from_triplets(std::size_t actors, std::span<const std::uint32_t> rows,
                                std::span<const std::uint32_t> columns,
                                std::span<const std::int32_t> weights);

  [[nodiscard]] std::size_t actors() const noexcept { return row_sum_.size(); }
  [[nodiscard]] std::size_t nonzeros() const noexcept { return entries_.size(); }
  [[nodiscard]] std::span<const Entry> column(std::size_t j) const {
    return {entries_.data() + start_[j], entries_.data() + start_[j + 1]};
  }
  /// Sum of row i in units of 2^-15.
  [[nodiscard]] std::int32_t row_sum(std::size_t i) const { return row_sum_[i]; }
  [[nodiscard]] std::span<const std::int32_t> row_sums() const noexcept { return row_sum_; }
  /// W_ij in units of 2^-15.
  [[nodiscard]] std::int32_t weight(std::size_t i, std::size_t j) const;

  friend bool operator==(const Relation&, const Relation&) = default;

 private:
  std::vector<std::size_t> start_{0};
  std::vector<Entry> entries_;
  std::vector<std::int32_t> row_sum_;
};

}  // namespace entente
