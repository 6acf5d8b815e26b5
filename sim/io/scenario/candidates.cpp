#include "io/scenario/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "io/scenario/csv.hpp"
#include "io/scenario/limits.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"

namespace entente::detail {

namespace {

std::uint64_t pair_key(std::uint32_t i, std::uint32_t j) {
  return (std::uint64_t{std::min(i, j)} << 32U) | std::max(i, j);
}

class CandidateReader {
 public:
  CandidateReader(Sources& sources, Problems& problems) : sources_(sources), problems_(problems) {}

  Candidates read(const Place& root) {
    const auto data = root.find("data");
    if (const auto start = root.find("time").find("start"))
      if (const auto date = parse_date(start.text())) first_year_ = static_cast<int>(date->year());
    for (const auto& place : data.find("actors").one_or_list()) read_actor_table(place);
    define(root.find("actors").find("define"));
    for (auto& [name, column] : all_.columns) column.resize(all_.size());
    for (const auto& place : data.find("membership").one_or_list()) read_membership(place);
    for (auto& [org, members] : all_.members) {
      std::sort(members.begin(), members.end());
      members.erase(std::unique(members.begin(), members.end()), members.end());
    }
    for (const auto& place : data.find("dyads").one_or_list()) read_pairs(place);
    for (auto& [name, column] : all_.pair_columns)
      column.resize(all_.pairs.size(), {Cell::State::number, 0.0});
    return std::move(all_);
  }

 private:
  bool add(const std::string& id, Mark mark, const std::string& path) {
    if (id.empty()) {
      problems_.add(mark, path, "found an empty id; allowed: an id");
      return false;
    }
    if (!all_.index.emplace(id, static_cast<std::uint32_t>(all_.size())).second) {
      problems_.add(mark, path, fmt::format("found {} twice; allowed: once", quote(id)));
      return false;
    }
    all_.ids.push_back(id);
    all_.names.push_back(id);
    all_.regions.emplace_back();
    all_.subregions.emplace_back();
    return true;
  }

  void read_actor_table(const Place& place) {
    const auto table = open_csv(place, sources_, problems_, {"iso3"});
    const bool first = !std::exchange(have_table_, true);
    if (!table) {
      all_.complete = false;
      return;
    }
    const auto key = *table->column("iso3");
    std::vector<std::optional<std::uint32_t>> row_of;  // candidate of a row
    std::vector<char> seen(first ? 0 : all_.size(), 0);
    for (std::size_t row = 0; row < table->rows(); ++row) {
      const auto& id = table->cell(row, key);
      if (first && !add(id, table->mark(row, key), "")) all_.complete = false;
      row_of.push_back(all_.find(id));
      if (first || !row_of.back()) continue;
      if (std::exchange(seen[*row_of.back()], char{1}) != 0)
        problems_.add(table->mark(row, key), "",
                      fmt::format("found {} twice; allowed: once", quote(id)));
    }
    for (std::size_t k = 0; k < table->columns(); ++k)
      if (k != key) add_column(*table, k, row_of, first);
  }

  void add_column(const Csv& table, std::size_t k,
                  const std::vector<std::optional<std::uint32_t>>& row_of, bool first) {
    const auto& name = table.header[k];
    if (!first && name == "name") return;  // tables repeat it for their human readers
    if (all_.columns.contains(name)) {
      problems_.add(table.header_marks[k], "",
                    fmt::format("found column {} in two tables; allowed: in one", quote(name)));
      return;
    }
    auto* words = name == "name"        ? &all_.names
                  : name == "region"    ? &all_.regions
                  : name == "subregion" ? &all_.subregions
                                        : nullptr;
    auto& column = all_.columns[name];
    column.resize(all_.size());
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (!row_of[row]) continue;
      const auto& text = table.cell(row, k);
      column[*row_of[row]] = make_cell(text);
      if (words != nullptr && !text.empty()) (*words)[*row_of[row]] = text;
    }
  }

  void define(const Place& place) {
    for (std::size_t k = 0; place && k < place->keys.size(); ++k) {
      const auto actor = place.entry(k);
      if (actor->bad || !add(place->keys[k], place->key_marks[k], actor.path)) continue;
      const auto candidate = static_cast<std::uint32_t>(all_.size() - 1);
      if (const auto name = actor.find("name")) all_.names.back() = name.text();
      if (const auto region = actor.find("region")) all_.regions.back() = region.text();
      if (const auto subregion = actor.find("subregion")) all_.subregions.back() = subregion.text();
      for (const auto& org : actor.find("orgs").one_or_list())
        all_.members[org.text()].push_back(candidate);
      for (const auto& cell : actor.find("columns").entries()) {
        auto& column = all_.columns[std::string(cell.key)];
        column.resize(all_.size());
        column[candidate] = make_cell(cell.text());
      }
    }
  }

  void read_membership(const Place& place) {
    const auto table = open_csv(place, sources_, problems_, {"iso3", "org", "status"});
    if (!table) {
      all_.complete = false;
      return;
    }
    const auto id = *table->column("iso3");
    const auto org = *table->column("org");
    const auto status = *table->column("status");
    const auto from = table->column("from_year");
    for (std::size_t row = 0; row < table->rows(); ++row) {
      auto& members = all_.members[table->cell(row, org)];  // known, even if nobody is in it
      const bool joined = !from || has_come(*table, row, *from);
      if (!joined || table->cell(row, status) != "member") continue;
      if (const auto candidate = all_.find(table->cell(row, id))) members.push_back(*candidate);
    }
  }

  // Whether the year in a cell is not after the first one of the scenario; an empty cell is.
  bool has_come(const Csv& table, std::size_t row, std::size_t column) {
    const auto& text = table.cell(row, column);
    if (text.empty()) return true;
    const auto date = text.size() == 4 ? parse_date(text) : std::nullopt;
    if (!date)
      problems_.add(table.mark(row, column), "",
                    fmt::format("found {}; allowed: a year (YYYY)", quote(text)));
    return !date || !first_year_ || static_cast<int>(date->year()) <= *first_year_;
  }

  void read_pairs(const Place& place) {
    const auto table = open_csv(place, sources_, problems_, {"iso3_a", "iso3_b"});
    if (!table) {
      all_.complete = false;
      return;
    }
    const auto a = *table->column("iso3_a");
    const auto b = *table->column("iso3_b");
    std::vector<std::optional<std::uint32_t>> row_of(table->rows());
    std::unordered_map<std::uint64_t, std::size_t> seen;
    for (std::size_t row = 0; row < table->rows(); ++row) {
      const auto i = all_.find(table->cell(row, a));
      const auto j = all_.find(table->cell(row, b));
      if (!i || !j) continue;
      if (*i == *j || !seen.emplace(pair_key(*i, *j), row).second) {
        problems_.add(
            table->mark(row, a), "",
            fmt::format("found pair {}-{}{}; allowed: each pair of two actors once",
                        table->cell(row, a), table->cell(row, b), *i == *j ? "" : " twice"));
        continue;
      }
      row_of[row] =
          all_.pairs.emplace(pair_key(*i, *j), static_cast<std::uint32_t>(all_.pairs.size()))
              .first->second;
    }
    for (std::size_t k = 0; k < table->columns(); ++k)
      if (k != a && k != b) add_pair_column(*table, k, row_of);
  }

  void add_pair_column(const Csv& table, std::size_t k,
                       const std::vector<std::optional<std::uint32_t>>& row_of) {
    const auto& name = table.header[k];
    if (all_.pair_columns.contains(name)) {
      problems_.add(table.header_marks[k], "",
                    fmt::format("found column {} in two tables; allowed: in one", quote(name)));
      return;
    }
    // A pair that this table does not list has 0; one whose cell is empty lacks the number.
    auto& column = all_.pair_columns[name];
    column.assign(all_.pairs.size(), {Cell::State::number, 0.0});
    for (std::size_t row = 0; row < table.rows(); ++row)
      if (row_of[row]) column[*row_of[row]] = make_cell(table.cell(row, k));
  }

  Sources& sources_;
  Problems& problems_;
  Candidates all_;
  std::optional<int> first_year_;
  bool have_table_ = false;
};

}  // namespace

Cell make_cell(std::string_view text) {
  if (text.empty()) return {};
  if (const auto number = parse_number(text)) return {Cell::State::number, *number};
  return {Cell::State::text, 0.0};
}

std::optional<std::uint32_t> Candidates::find(const std::string& id) const {
  const auto known = index.find(id);
  if (known == index.end()) return std::nullopt;
  return known->second;
}

bool Candidates::is_member(const std::string& org, std::uint32_t candidate) const {
  const auto known = members.find(org);
  return known != members.end() &&
         std::binary_search(known->second.begin(), known->second.end(), candidate);
}

std::optional<std::uint32_t> Candidates::pair(std::uint32_t i, std::uint32_t j) const {
  const auto known = pairs.find(pair_key(i, j));
  if (known == pairs.end()) return std::nullopt;
  return known->second;
}

Candidates read_candidates(const Place& root, Sources& sources, Problems& problems) {
  return CandidateReader(sources, problems).read(root);
}

}  // namespace entente::detail
