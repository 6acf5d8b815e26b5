#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/scenario/candidates.hpp"
#include "io/scenario/expression.hpp"

namespace entente::detail {

/// What expressions over one candidate may name: columns, variables, parameters derived before;
/// member, region, id. A derived column comes before a column of the tables.
class CandidateScope final : public Scope {
 public:
  explicit CandidateScope(const Candidates& candidates) : candidates_(candidates) {}

  /// Adds a variable or parameter that has been computed; replaces one of the same name.
  void add(const std::string& name, Column column) { derived_[name] = std::move(column); }
  [[nodiscard]] const Candidates& candidates() const { return candidates_; }
  [[nodiscard]] bool is_derived(const std::string& name) const { return derived_.contains(name); }

  [[nodiscard]] std::optional<Input> name(const std::string& name) const override;
  [[nodiscard]] std::vector<std::string> names() const override;
  [[nodiscard]] std::optional<Input> call(const std::string& function,
                                          const std::vector<std::string>& words,
                                          std::string& error) const override;
  [[nodiscard]] std::vector<std::string> functions() const override;
  [[nodiscard]] bool complete() const override { return candidates_.complete; }

 private:
  const Candidates& candidates_;
  std::map<std::string, Column> derived_;
};

/// What expressions over a pair may name: `a_` and `b_` before names and calls of one candidate,
/// columns of pairs, shared_orgs, distance_km.
class PairScope final : public Scope {
 public:
  explicit PairScope(const CandidateScope& one) : one_(one) {}

  [[nodiscard]] std::optional<Input> name(const std::string& name) const override;
  [[nodiscard]] std::vector<std::string> names() const override;
  [[nodiscard]] std::optional<Input> call(const std::string& function,
                                          const std::vector<std::string>& words,
                                          std::string& error) const override;
  [[nodiscard]] std::vector<std::string> functions() const override;
  [[nodiscard]] bool complete() const override { return one_.complete(); }

 private:
  [[nodiscard]] std::optional<Input> distance(std::string& error) const;
  [[nodiscard]] std::optional<Input> shared_orgs(const std::vector<std::string>& words,
                                                 std::string& error) const;
  const CandidateScope& one_;
};

/// Great-circle distance [km], rounded to whole km, on a sphere of radius 6371 km.
[[nodiscard]] double great_circle_km(double lat_a, double lon_a, double lat_b, double lon_b);

}  // namespace entente::detail
