#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/scenario/problems.hpp"
#include "io/scenario/sources.hpp"

namespace entente::detail {

/// A CSV table with a header: RFC 4180, UTF-8, every row as long as the header.
struct Csv {
  std::uint32_t file = 0;
  std::vector<std::string> header;
  std::vector<std::string> cells;  ///< (rows, header)
  std::vector<Mark> marks;         ///< of the cells
  std::vector<Mark> header_marks;

  [[nodiscard]] std::size_t columns() const { return header.size(); }
  [[nodiscard]] std::size_t rows() const { return header.empty() ? 0 : cells.size() / columns(); }
  [[nodiscard]] const std::string& cell(std::size_t row, std::size_t column) const {
    return cells[row * columns() + column];
  }
  [[nodiscard]] Mark mark(std::size_t row, std::size_t column) const {
    return marks[row * columns() + column];
  }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
};

inline constexpr std::size_t max_csv_cells = 8'000'000;

/// Reads a table; what is wrong with it is reported, and nothing is returned.
[[nodiscard]] std::optional<Csv> parse_csv(const Sources& sources, std::uint32_t file,
                                           Problems& problems);

/// Opens and reads the table that `place` names, relative to the file that `place` stands in, and
/// demands some columns. What is wrong is reported, and nothing is returned.
[[nodiscard]] std::optional<Csv> open_csv(const Place& place, Sources& sources, Problems& problems,
                                          const std::vector<std::string>& required);

}  // namespace entente::detail
