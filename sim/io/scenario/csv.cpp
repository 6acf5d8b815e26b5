#include "io/scenario/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "entente/core/error.hpp"
#include "io/scenario/limits.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/utf8.hpp"

namespace entente::detail {

namespace {

// Splits a text into rows of fields, one row at a time.
class CsvScanner {
 public:
  CsvScanner(std::string_view text, std::uint32_t file, Problems& problems)
      : text_(text), file_(file), problems_(problems) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  [[nodiscard]] bool done() const { return at_ == text_.size(); }

  // Reads one row; false where it is malformed (and reported).
  bool row(std::vector<std::string>& fields, std::vector<Mark>& marks) {
    fields.clear();
    marks.clear();
    do {
      marks.push_back(mark());
      fields.emplace_back();
      if (!field(fields.back())) return false;
    } while (take(','));
    if (done() || take('\n') || (take('\r') && (take('\n') || fail("a lone carriage return"))))
      return !failed_;
    return fail(fmt::format("{} after a closing quote", quote(text_.substr(at_, 1))));
  }

 private:
  [[nodiscard]] Mark mark() const {
    return {file_, static_cast<std::uint32_t>(line_), static_cast<std::uint32_t>(column_)};
  }

  bool fail(const std::string& found) {
    problems_.add(mark(), "", fmt::format("found {}; allowed: a comma or a new line", found));
    failed_ = true;
    return false;
  }

  void advance() {
    if (text_[at_] == '\n') {
      ++line_;
      column_ = 1;
    } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
      ++column_;
    }
    ++at_;
  }

  bool take(char c) {
    if (done() || text_[at_] != c) return false;
    advance();
    return true;
  }

  bool field(std::string& out) {
    if (take('"')) return quoted_field(out);
    while (!done() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
      if (text_[at_] == '"') return fail("a quote inside a field without quotes");
      out += text_[at_];
      advance();
    }
    return true;
  }

  bool quoted_field(std::string& out) {
    const auto start = mark();
    while (!done()) {
      if (text_[at_] != '"') {
        out += text_[at_];
        advance();
      } else {
        advance();
        if (!take('"')) return true;
        out += '"';
      }
    }
    problems_.add(start, "", "found a quote that is never closed; allowed: a closing quote");
    return false;
  }

  std::string_view text_;
  std::uint32_t file_;
  Problems& problems_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
  bool failed_ = false;
};

bool check_header(const Csv& table, Problems& problems) {
  const auto before = problems.size();
  for (std::size_t k = 0; k < table.columns(); ++k) {
    const auto& name = table.header[k];
    if (name.empty())
      problems.add(table.header_marks[k], "", "found a column without a name; allowed: a name");
    if (std::find(table.header.begin(), table.header.begin() + static_cast<std::ptrdiff_t>(k),
                  name) != table.header.begin() + static_cast<std::ptrdiff_t>(k))
      problems.add(table.header_marks[k], "",
                   fmt::format("found column {} twice; allowed: once", quote(name)));
  }
  return problems.size() == before;
}

}  // namespace

std::optional<std::size_t> Csv::column(std::string_view name) const {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

std::optional<Csv> parse_csv(const Sources& sources, std::uint32_t file, Problems& problems) {
  const auto& text = sources[file].text;
  if (const auto bad = first_bad_byte(text)) {
    const auto place = line_column(text, *bad);
    problems.add(
        {file, static_cast<std::uint32_t>(place.line), static_cast<std::uint32_t>(place.column)},
        "",
        fmt::format("found byte 0x{:02x}; allowed: UTF-8 text",
                    static_cast<unsigned char>(text[*bad])));
    return std::nullopt;
  }
  CsvScanner scanner(text, file, problems);
  Csv table;
  table.file = file;
  if (scanner.done()) {
    problems.add({file, 0, 0}, "", "found an empty table; allowed: a header and rows");
    return std::nullopt;
  }
  if (!scanner.row(table.header, table.header_marks) || !check_header(table, problems))
    return std::nullopt;

  const auto before = problems.size();
  std::vector<std::string> fields;
  std::vector<Mark> marks;
  while (!scanner.done()) {
    if (!scanner.row(fields, marks)) return std::nullopt;
    if (fields.size() != table.columns())
      problems.add(marks.front(), "",
                   fmt::format("found a row of {} cells; allowed: {}, as the header has",
                               fields.size(), table.columns()));
    if (table.cells.size() + fields.size() > max_csv_cells) {
      problems.add(marks.front(), "",
                   fmt::format("found more than {} cells; allowed: fewer", max_csv_cells));
      return std::nullopt;
    }
    table.cells.insert(table.cells.end(), fields.begin(), fields.end());
    table.marks.insert(table.marks.end(), marks.begin(), marks.end());
  }
  if (problems.size() != before) return std::nullopt;
  return table;
}

std::optional<Csv> open_csv(const Place& place, Sources& sources, Problems& problems,
                            const std::vector<std::string>& required) {
  std::uint32_t file = 0;
  try {
    file = sources.open(sources[place->mark.file].folder / place.text(), max_table_bytes, true);
  } catch (const FileError& error) {
    problems.add(place, error.what());
    return std::nullopt;
  }
  auto table = parse_csv(sources, file, problems);
  if (!table) return std::nullopt;
  bool complete = true;
  for (const auto& name : required) {
    if (table->column(name)) continue;
    problems.add({file, 1, 0}, "",
                 fmt::format("found no column '{}'; allowed: it is required", name));
    complete = false;
  }
  if (!complete) return std::nullopt;
  return table;
}

}  // namespace entente::detail
