#include "term_probe.hpp"

#include <limits>

#include "entente/terms/registry.hpp"

namespace entente::test {

TermRows::TermRows(std::size_t size) : size_(size) {
  rows_.fill(std::vector<float>(size, std::numeric_limits<float>::quiet_NaN()));
}

TermRows::TermRows(std::initializer_list<std::pair<Driver, std::vector<float>>> rows)
    : TermRows(rows.size() == 0 ? 1 : rows.begin()->second.size()) {
  for (const auto& [driver, row] : rows) set(driver, row);
}

void TermRows::set(Driver driver, std::vector<float> row) {
  rows_.at(static_cast<std::size_t>(driver)) = std::move(row);
}

void TermRows::add_covariate(std::vector<float> row) { covariates_.push_back(std::move(row)); }

std::vector<float> TermRows::intensity(const Term& term, std::size_t channel) const {
  Block block;
  block.size = size_;
  for (std::size_t d = 0; d < driver_count; ++d) block.rows[d] = rows_[d].data();
  std::vector<const float*> covariates;
  for (const auto& row : covariates_) covariates.push_back(row.data());
  block.covariates = covariates;
  std::vector<float> out(size_, std::numeric_limits<float>::quiet_NaN());
  term.intensity(channel, block, out.data());
  return out;
}

std::unique_ptr<Term> make_term(std::string_view key, std::vector<float> values) {
  return builtin_terms().find(key)->make(values);
}

std::vector<Profile> profiles_on(const Term& term, LadderRole ladder) {
  std::vector<Profile> profiles;
  for (const auto& channel : term.channels()) {
    if (channel.ladders.contains(ladder)) profiles.push_back(channel.profile);
  }
  return profiles;
}

}  // namespace entente::test
