// The history: what is on record of a case, a row each (docs/history-format.md).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "io/scenario/csv.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

namespace {

constexpr auto everyone = "*";

const std::vector<std::string>& column_names() {
  static const std::vector<std::string> names{"iso3",       "date",   "precision",
                                              "ladder",     "rung",   "inherited",
                                              "confidence", "source", "authority"};
  return names;
}

// How exactly a date is known, the most exact first.
const std::vector<std::string>& precisions() {
  static const std::vector<std::string> names{"day", "month", "year"};
  return names;
}

std::vector<std::string> ladder_names() {
  std::vector<std::string> names;
  names.reserve(ladder_count);
  for (const auto role : all_ladders) names.emplace_back(to_string(role));
  return names;
}

// Precision of a date as it is written, by its number of parts.
std::size_t written_precision(std::string_view text) {
  return 2 - static_cast<std::size_t>(std::count(text.begin(), text.end(), '-'));
}

// The day that stands for a month or a year: its first for a month, the middle for a year.
Date placed(Date date, std::size_t precision) {
  using std::chrono::day;
  using std::chrono::July;
  if (precision == 2) return Date{date.year(), July, day{1}};
  if (precision == 1) return Date{date.year(), date.month(), day{1}};
  return date;
}

// What a row says, where all its cells are right. Rows of states that take no part say nothing.
struct Row {
  std::size_t number = 0;
  std::optional<std::uint32_t> actor;  // nothing: everyone
  std::uint32_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  std::optional<Rung> rung;  // nothing: not known from the date on
  bool inherited = false;
  Date written;
  Date date;
  std::uint32_t step = 0;

  [[nodiscard]] auto pair() const { return std::tuple(actor, authority, ladder); }
};

class HistoryReader {
 public:
  HistoryReader(World& world, const Csv& table) : world_(world), table_(table) {}

  void read() {
    for (std::size_t k = 0; k < table_.columns(); ++k)
      if (const auto& name = table_.header[k];
          std::find(column_names().begin(), column_names().end(), name) == column_names().end())
        world_.problems.add(
            table_.header_marks[k], "",
            unknown_name(name, column_names(), join(column_names()), "unknown column"));
    for (std::size_t number = 0; number < table_.rows(); ++number)
      if (auto row = read_row(number)) take(*row);
    keep_standings();
  }

 private:
  void refuse(std::size_t number, std::string_view column, const std::string& message) {
    world_.problems.add(mark(number, column), std::string(column), message);
  }

  [[nodiscard]] Mark mark(std::size_t number, std::string_view column) const {
    return table_.mark(number, *table_.column(column));
  }

  // Empty where the table has no such column.
  [[nodiscard]] const std::string& cell(std::size_t number, std::string_view column) const {
    static const std::string empty;
    const auto place = table_.column(column);
    return place ? table_.cell(number, *place) : empty;
  }

  // Position of a cell in a list of words; reports another word. Nothing where it is empty.
  std::optional<std::size_t> choice(std::size_t number, std::string_view column,
                                    const std::vector<std::string>& words) {
    const auto& text = cell(number, column);
    if (text.empty()) return std::nullopt;
    const auto known = std::find(words.begin(), words.end(), text);
    if (known != words.end()) return static_cast<std::size_t>(known - words.begin());
    refuse(number, column, unknown_name(text, words, join(words)));
    return std::nullopt;
  }

  bool read_date(Row& row) {
    const auto& text = cell(row.number, "date");
    const auto date = parse_date(text);
    if (!date) {
      refuse(row.number, "date",
             fmt::format("found {}; allowed: a date (YYYY, YYYY-MM or YYYY-MM-DD)", quote(text)));
      return false;
    }
    const auto written = written_precision(text);
    const std::vector<std::string> allowed(
        precisions().begin() + static_cast<std::ptrdiff_t>(written), precisions().end());
    const auto said = choice(row.number, "precision", precisions());
    if (said && *said < written)
      refuse(row.number, "precision",
             fmt::format("found '{}' of the date '{}'; allowed: {}", precisions()[*said], text,
                         join(allowed)));
    row.written = *date;
    row.date = placed(*date, std::max(said.value_or(written), written));
    return true;
  }

  bool read_ladder(Row& row) {
    const auto names = ladder_names();
    const auto& name = cell(row.number, "ladder");
    const auto known = std::find(names.begin(), names.end(), name);
    if (known == names.end()) {
      refuse(row.number, "ladder", unknown_name(name, names, "the ladders of the actors"));
      return false;
    }
    row.ladder = all_ladders[static_cast<std::size_t>(known - names.begin())];
    const auto& rung = cell(row.number, "rung");
    if (rung.empty()) return true;
    const auto found = world_.rungs[index_of(row.ladder)].find(rung, mark(row.number, "rung"),
                                                               "rung", world_.problems);
    if (found) row.rung = static_cast<Rung>(*found);
    return found.has_value();
  }

  bool read_authority(Row& row) {
    if (!table_.column("authority")) return true;
    const auto known = world_.authorities.find(
        cell(row.number, "authority"), mark(row.number, "authority"), "authority", world_.problems);
    row.authority = known.value_or(0);
    return known.has_value();
  }

  bool read_actor(Row& row) {
    const auto& id = cell(row.number, "iso3");
    if (id == everyone) return true;
    row.actor = world_.actor(id, mark(row.number, "iso3"), "iso3", true);
    return row.actor.has_value();
  }

  std::optional<Row> read_row(std::size_t number) {
    const auto before = world_.problems.size();
    Row row;
    row.number = number;
    const bool takes_part = read_actor(row);
    const bool dated = read_date(row);
    const bool on_ladder = read_ladder(row);
    const bool authority = read_authority(row);
    row.inherited = choice(number, "inherited", {"0", "1"}) == 1U;
    (void)choice(number, "confidence", {"high", "medium", "low"});
    if (!dated || !on_ladder || !authority || world_.problems.size() != before) return std::nullopt;
    if (!check_meaning(row) || !takes_part || !place_in_time(row)) return std::nullopt;
    return row;
  }

  bool check_meaning(const Row& row) {
    if (!row.rung && row.inherited) {
      refuse(row.number, "rung",
             "found nothing, with inherited 1; allowed: the rung that is there");
      return false;
    }
    if (cell(row.number, "iso3") == everyone && row.rung && !row.inherited) {
      refuse(
          row.number, "iso3",
          "found '*' with a rung and without inherited 1; allowed: an id, since each decides for "
          "itself");
      return false;
    }
    return true;
  }

  // Finds the step; false where the row says nothing about the time of the scenario.
  bool place_in_time(Row& row) {
    if (!world_.has_calendar) return false;
    const auto& calendar = world_.model.calendar;
    const auto step = calendar.step_of(row.date);
    if (step >= static_cast<std::int64_t>(calendar.steps())) return false;
    if (step < 0 && !row.inherited) {
      refuse(row.number, "date",
             fmt::format("found {}, before the start ({}); allowed: a later date, or inherited 1",
                         quote(cell(row.number, "date")), to_string(calendar.start())));
      return false;
    }
    if (!row.actor && row.inherited && calendar.step_of(row.written) > 0) {
      refuse(row.number, "date",
             fmt::format("found {}, after the first step; allowed: an earlier date, since the rung "
                         "of everyone holds from the start",
                         quote(cell(row.number, "date"))));
      return false;
    }
    row.step = static_cast<std::uint32_t>(std::max<std::int64_t>(step, 0));
    return true;
  }

  void take(const Row& row) {
    auto& history = world_.scenario.history;
    if (!row.rung) {
      history.censored.push_back({row.actor, row.authority, row.ladder, row.step});
    } else if (is_alone(row)) {
      if (row.actor)
        rows_.push_back(row);
      else
        others(row) = row.rung;
    }
  }

  std::optional<Rung>& others(const Row& row) {
    auto& list = world_.scenario.history.others;
    list.resize(world_.authorities.size() * ladder_count);
    return list[row.authority * ladder_count + index_of(row.ladder)];
  }

  // Reports a second rung of one date, or of everyone, whose rows have no time.
  bool is_alone(const Row& row) {
    const auto key = std::tuple(row.pair(), row.actor ? row.date : Date{});
    const auto [known, fresh] = seen_.emplace(key, row.number);
    if (fresh || cell(known->second, "rung") == cell(row.number, "rung")) return true;
    refuse(
        row.number, "rung",
        fmt::format("found '{}' and '{}' in line {}{}; allowed: one rung", cell(row.number, "rung"),
                    cell(known->second, "rung"), mark(known->second, "rung").line,
                    row.actor ? ", of the same date" : ", both of everyone"));
    return false;
  }

  // Orders the rows of a pair by date. Of the standings found before the start, the last one is
  // that at the start.
  void keep_standings() {
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
      return std::tuple(a.pair(), a.date) < std::tuple(b.pair(), b.date);
    });
    auto& list = world_.scenario.history.observations;
    for (std::size_t k = 0; k < rows_.size(); ++k) {
      const auto& row = rows_[k];
      const auto start = world_.model.calendar.start();
      if (k + 1 < rows_.size() && rows_[k + 1].pair() == row.pair() && rows_[k + 1].date < start)
        continue;
      list.push_back({*row.actor, row.authority, row.ladder, row.step, *row.rung, row.inherited});
    }
  }

  World& world_;
  const Csv& table_;
  std::vector<Row> rows_;  // of actors, with a rung
  std::map<std::tuple<std::tuple<std::optional<std::uint32_t>, std::uint32_t, LadderRole>, Date>,
           std::size_t>
      seen_;  // to the number of the row
};

}  // namespace

void read_history(World& world) {
  const auto place = world.root.find("observed");
  if (!place || !place->is_scalar()) return;
  const auto table =
      open_csv(place, world.sources, world.problems, {"iso3", "date", "ladder", "rung"});
  if (!table) return;
  if (world.authorities.size() > 1 && !table->column("authority")) {
    world.problems.add(place,
                       "found no column 'authority' in the table; allowed: it is required where "
                       "there are several");
    return;
  }
  HistoryReader(world, *table).read();
}

}  // namespace entente::detail
