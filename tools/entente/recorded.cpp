#include "recorded.hpp"

#include <system_error>

#include "entente/core/error.hpp"
#include "entente/io/result_file.hpp"

namespace entente::cli {
namespace {

bool holds_results(const std::string& source) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(source, ignored) && is_result_file(source);
}

}  // namespace

ReplicateRange replicates_in(const std::string& source, const Scenario& scenario) {
  if (!holds_results(source)) return {0, scenario.replicates};
  const ResultExtent extent = read_result_extent(source);
  return {extent.first_replicate, extent.replicates};
}

std::map<std::size_t, Rung> recorded_rungs(const std::string& source, const Model& model,
                                           const Question& question) {
  std::map<std::size_t, Rung> out;
  if (!holds_results(source)) return out;
  const Ladder& ladder = model.ladders[index_of(question.ladder)];
  std::size_t replicate = read_result_extent(source).first_replicate;
  const RungQuery query{ladder.key, question.authority, question.step, question.actor};
  for (const Rung rung : read_recorded_rungs(source, query)) {
    if (rung >= ladder.size())
      throw FileError(source + ": damaged: found a rung beyond the ladder");
    out.emplace(replicate++, rung);
  }
  return out;
}

}  // namespace entente::cli
