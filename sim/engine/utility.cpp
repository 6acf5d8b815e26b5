#include "engine/utility.hpp"

#include <algorithm>
#include <stdexcept>

namespace entente::detail {

std::vector<std::size_t> columns_read(const CompiledModel& m, LadderRole ladder, std::size_t term) {
  std::vector<std::size_t> columns;
  bool acts = false;
  for (const auto& channel : m.ladders[index_of(ladder)].channels) {
    if (channel.term != term) continue;
    acts = true;
    for (const auto driver : members(m.terms[term]->channels()[channel.channel].reads)) {
      columns.push_back(m.driver_columns[index_of(ladder)][static_cast<std::size_t>(driver)]);
    }
  }
  const std::size_t without_covariate = m.model.terms.size();
  if (acts && term >= without_covariate) {
    columns.push_back(m.first_covariate_column + term - without_covariate);
  }
  std::sort(columns.begin(), columns.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  return columns;
}

std::vector<float> contributions_from(const CompiledModel& m, LadderRole ladder, Rung own,
                                      std::span<const float> drivers) {
  const auto& compiled = m.ladders[index_of(ladder)];
  if (own >= compiled.rungs || drivers.size() != m.driver_names.size()) {
    throw std::invalid_argument("contributions: no such rung, or another number of drivers");
  }
  Block block;
  block.size = 1;
  for (std::size_t d = 0; d < driver_count; ++d) {
    block.rows[d] = &drivers[m.driver_columns[index_of(ladder)][d]];
  }
  std::vector<const float*> covariates;
  for (std::size_t c = 0; c < m.model.covariates.size(); ++c) {
    covariates.push_back(&drivers[m.first_covariate_column + c]);
  }
  block.covariates = covariates;
  std::vector<float> out(m.terms.size() * 2);
  for (const auto& channel : compiled.channels) {
    float intensity = 0.0F;
    m.terms[channel.term]->intensity(channel.channel, block, &intensity);
    const auto& steps = compiled.steps[static_cast<std::size_t>(channel.profile)];
    out[channel.term * 2] += intensity * steps.down[own];
    out[channel.term * 2 + 1] += intensity * steps.up[own];
  }
  return out;
}

}  // namespace entente::detail
