#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "entente/model/term.hpp"

namespace entente::test {

/// Rows for a term to read. Rows that were not set hold NaN, so that a term which reads what it
/// does not declare gives itself away.
class TermRows {
 public:
  /// All rows must have the same length.
  TermRows(std::initializer_list<std::pair<Driver, std::vector<float>>> rows);
  explicit TermRows(std::size_t size);

  void set(Driver driver, std::vector<float> row);
  void add_covariate(std::vector<float> row);

  /// What the term writes for a channel.
  [[nodiscard]] std::vector<float> intensity(const Term& term, std::size_t channel = 0) const;

 private:
  std::size_t size_;
  std::array<std::vector<float>, driver_count> rows_;
  std::vector<std::vector<float>> covariates_;
};

/// A built-in term from one value per field.
[[nodiscard]] std::unique_ptr<Term> make_term(std::string_view key, std::vector<float> values);

/// The profiles of a term's channels on a ladder, in order.
[[nodiscard]] std::vector<Profile> profiles_on(const Term& term, LadderRole ladder);

}  // namespace entente::test
