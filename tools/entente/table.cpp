#include "table.hpp"

#include <algorithm>

namespace entente::cli {
namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

void append_cell(std::string& line, std::string_view cell, std::size_t size, Align align) {
  const std::string space(size - std::min(size, width(cell)), ' ');
  if (align == Align::right) line += space;
  line += cell;
  if (align == Align::left) line += space;
}

/// Where the first word ends; a percent sign stays with its number.
std::size_t word_end(std::string_view text) {
  std::size_t end = text.find(' ');
  while (end != std::string_view::npos && text.substr(end + 1).starts_with('%')) {
    end = text.find(' ', end + 1);
  }
  return std::min(end, text.size());
}

void end_line(std::string& text) {
  text.erase(text.find_last_not_of(' ') + 1);
  text += '\n';
}

}  // namespace

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string shortened(std::string_view text, std::size_t most) {
  if (width(text) <= most) return std::string(text);
  std::size_t end = 0;
  for (std::size_t kept = 0; end < text.size(); ++end) {
    if (begins_character(text[end]) && ++kept == most) break;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t most) {
  std::string out;
  std::string line(indent, ' ');
  bool empty = true;
  while (!text.empty()) {
    const std::size_t end = word_end(text);
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!empty && width(line) + 1 + width(word) > most) {
      out += line + '\n';
      line.assign(indent, ' ');
      empty = true;
    }
    if (!empty) line += ' ';
    line += word;
    empty = false;
  }
  return out + line + '\n';
}

std::string Table::text(std::size_t indent) const {
  std::vector<std::size_t> sizes;
  for (const auto& column : columns_) sizes.push_back(width(column.title));
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < row.size(); ++c) sizes[c] = std::max(sizes[c], width(row[c]));
  }
  std::string out;
  const auto add_line = [&](const auto& cell_of) {
    std::string line(indent, ' ');
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (c > 0) line += "  ";
      append_cell(line, cell_of(c), sizes[c], columns_[c].align);
    }
    end_line(line);
    out += line;
  };
  add_line([&](std::size_t c) { return std::string_view(columns_[c].title); });
  for (const auto& row : rows_) {
    add_line([&](std::size_t c) {
      if (row.empty() && columns_[c].align == Align::right) return std::string(sizes[c], '-');
      return c < row.size() ? row[c] : std::string();
    });
  }
  return out;
}

}  // namespace entente::cli
