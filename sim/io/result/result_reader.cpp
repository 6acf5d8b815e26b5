#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <string_view>

#include "entente/io/result_file.hpp"
#include "io/result/format.hpp"
#include "io/result/inputs.hpp"
#include "io/result/netcdf.hpp"
#include "io/result/reading.hpp"

namespace entente {
namespace {

/// Opens a file that holds runs of one model for `body(reader)`.
///
/// @param part  what is read, for the message
template <class Body>
auto reading_runs(const std::filesystem::path& path, std::string_view part, const Body& body) {
  return detail::reading(path, part, [&] {
    return body(detail::open_results(path, {detail::FileKind::run, detail::FileKind::whatif}));
  });
}

ResultExtent read_extent(const netcdf::Reader& file) {
  const auto level = hdf5::read_text_attribute(file.root(), "record");
  const auto at = std::find(detail::level_names.begin(), detail::level_names.end(), level);
  if (at == detail::level_names.end()) throw hdf5::Failure("record: found '" + level + "'");
  return {static_cast<RecordLevel>(at - detail::level_names.begin()),
          hdf5::read_number_attribute(file.root(), "first_replicate"),
          hdf5::read_number_attribute(file.root(), "replicates")};
}

/// Whether every row of a history is about somebody and something that there is.
bool fits(const History& history, const Model& model) {
  const auto exists = [&](std::uint32_t authority, std::uint32_t step) {
    return authority < model.authorities.size() && step < model.calendar.steps();
  };
  const bool seen = std::all_of(
      history.observations.begin(), history.observations.end(), [&](const Observation& row) {
        return exists(row.authority, row.step) && row.actor < model.actors.size() &&
               row.rung < model.ladders[index_of(row.ladder)].size();
      });
  const bool censored =
      std::all_of(history.censored.begin(), history.censored.end(), [&](const Censoring& row) {
        return exists(row.authority, row.step) && row.actor.value_or(0) < model.actors.size();
      });
  for (std::size_t x = 0; x < history.others.size(); ++x) {
    if (history.others[x].value_or(0) >= model.ladders[x % ladder_count].size()) return false;
  }
  return seen && censored;
}

}  // namespace

Scenario load_result_inputs(const std::filesystem::path& path) {
  return reading_runs(path, "inputs", [&](const netcdf::Reader& file) {
    auto scenario = detail::read_inputs(file);
    if (const auto problems = violations(scenario.model); !problems.empty()) {
      detail::fail_damaged(path, "inputs", problems.front());
    }
    if (!fits(scenario.history, scenario.model)) {
      detail::fail_damaged(path, "inputs", "an observation is of something that is not there");
    }
    return scenario;
  });
}

ResultExtent read_result_extent(const std::filesystem::path& path) {
  return reading_runs(path, "results", read_extent);
}

std::vector<Rung> read_recorded_rungs(const std::filesystem::path& path, const RungQuery& query) {
  return reading_runs(path, "results", [&](const netcdf::Reader& file) {
    std::vector<Rung> rungs;
    if (read_extent(file).record == RecordLevel::summary) return rungs;
    const std::string name = "/" + query.ladder;
    const auto dataset = file.open(name);
    const auto shape = hdf5::extents(dataset.get(), name);
    hdf5::require_plausible_size(dataset.get(), shape, name);
    // (replicate, time, actor), with the authority behind the replicate where there are several
    hdf5::Extents start{0, query.authority, query.step, query.actor};
    if (shape.size() == 3 && query.authority == 0) start.erase(start.begin() + 1);
    if (shape.size() != start.size() ||
        !std::equal(start.begin() + 1, start.end(), shape.begin() + 1, std::less<>())) {
      throw hdf5::Failure(name + ": it does not hold what is asked for");
    }
    hdf5::Extents count(shape.size(), 1);
    count.front() = shape.front();
    rungs.resize(shape.front());
    hdf5::read_block(dataset.get(), hdf5::memory_type<Rung>(), start, count, rungs.data(), name);
    return rungs;
  });
}

bool is_result_file(const std::filesystem::path& path) {
  constexpr std::array<char, 8> signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::array<char, 8> found{};
  std::ifstream file(path, std::ios::binary);
  return file.read(found.data(), found.size()) && found == signature;
}

}  // namespace entente
