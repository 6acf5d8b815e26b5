#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/sources.hpp"

namespace entente::detail {

/// A cell as an expression meets it.
struct Cell {
  enum class State : std::uint8_t {
    number,
    missing,
    text,
    failed  ///< follows from a problem that has been reported
  };
  State state = State::missing;
  double value = 0.0;
};

[[nodiscard]] Cell make_cell(std::string_view text);

using Column = std::vector<Cell>;

/// All states that a scenario may draw its actors from: the rows of the first actor table in its
/// order, then those that `actors.define` adds. Their places here address their luck.
struct Candidates {
  std::vector<std::string> ids;
  std::vector<std::string> names;
  std::vector<std::string> regions;
  std::vector<std::string> subregions;
  std::unordered_map<std::string, std::uint32_t> index;
  std::map<std::string, Column> columns;                      ///< a cell per candidate
  std::map<std::string, std::vector<std::uint32_t>> members;  ///< of organisations, ascending
  bool complete = true;  ///< false where a table failed: names may then be missing for no fault

  std::map<std::string, Column> pair_columns;              ///< a cell per pair that is listed
  std::unordered_map<std::uint64_t, std::uint32_t> pairs;  ///< row of an unordered pair

  [[nodiscard]] std::size_t size() const { return ids.size(); }
  [[nodiscard]] std::optional<std::uint32_t> find(const std::string& id) const;
  [[nodiscard]] bool is_member(const std::string& org, std::uint32_t candidate) const;
  /// Row of pair columns; nothing where the tables do not list the pair.
  [[nodiscard]] std::optional<std::uint32_t> pair(std::uint32_t i, std::uint32_t j) const;
};

/// Reads `data` and `actors.define` of a merged scenario. Members are those of the year in which it
/// starts.
[[nodiscard]] Candidates read_candidates(const Place& root, Sources& sources, Problems& problems);

}  // namespace entente::detail
