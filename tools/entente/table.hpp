#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::cli {

enum class Align : std::uint8_t { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
};

/// Rows of text under headings, each column as wide as its widest cell.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// Cells that are missing at the end of a row are empty.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// A line of dashes under the columns that are aligned right.
  void add_rule() { rows_.emplace_back(); }
  [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }

  /// The table with `indent` spaces in front of each line; no space ends a line.
  [[nodiscard]] std::string text(std::size_t indent = 0) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;  ///< an empty one is a rule
};

/// Number of characters of UTF-8 text.
[[nodiscard]] std::size_t width(std::string_view text);

/// The text cut to `most` characters, with an ellipsis where something is missing.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most);

/// The words of a text in lines of at most `most` characters, each with `indent` spaces in front.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent,
                                  std::size_t most = 100);

}  // namespace entente::cli
