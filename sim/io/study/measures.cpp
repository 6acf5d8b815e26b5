#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "entente/ensemble/measures_table.hpp"
#include "io/fields.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/selector.hpp"
#include "io/scenario/suggest.hpp"
#include "io/study/context.hpp"

namespace entente::detail {

namespace {

using Numbers = std::vector<std::uint32_t>;

/// Fills the fields of a measure, each by its type; a ladder comes before its rung.
class FieldReader {
 public:
  FieldReader(const Place& place, World& world) : place_(place), world_(world) {}

  void operator()(const MeasureField& field, std::size_t& authority) {
    if (const auto at = place_.find(field.key))
      keep(authority, world_.authorities.find(at, world_.problems));
  }
  void operator()(const MeasureField& field, LadderRole& ladder) {
    const auto name = text_or(place_.find(field.key), "");
    for (const auto role : all_ladders)
      if (to_string(role) == name) ladder = role;
    ladder_ = ladder;
  }
  void operator()(const MeasureField& field, Rung& rung) {
    if (const auto at = place_.find(field.key))
      keep(rung, world_.rungs[index_of(ladder_)].rung(at, world_.problems));
  }
  void operator()(const MeasureField& field, AuthorityState& state) {
    const auto name = text_or(place_.find(field.key), "");
    for (const auto& known : state_fields())
      if (known.name == name) state = known.state;
  }
  void operator()(const MeasureField& field, std::uint32_t& number) {
    const auto at = place_.find(field.key);
    if (!at) return;
    if (field.type == MeasureFieldType::step)
      keep(number, step(at));
    else if (field.type == MeasureFieldType::policy)
      keep(number, policy(at));
    else
      number = static_cast<std::uint32_t>(parse_integer(at.text()).value_or(number));
  }
  void operator()(const MeasureField& field, std::optional<std::uint32_t>& number) {
    if (const auto at = place_.find(field.key)) number = step(at);
  }
  void operator()(const MeasureField& field, Numbers& list) {
    const auto at = place_.find(field.key);
    if (!at) return;
    list = field.type == MeasureFieldType::actors ? select_actors(at, world_) : steps(at);
  }
  void operator()(const MeasureField& field, double& number) {
    number = number_or(place_.find(field.key), number);
  }

 private:
  template <class Number, class Found>
  void keep(Number& number, const std::optional<Found>& found) {
    if (found) number = *found;
  }

  std::optional<std::uint32_t> step(const Place& date) {
    if (!world_.has_calendar) return std::nullopt;
    const auto& calendar = world_.model.calendar;
    const auto number = calendar.step_of(*parse_date(date.text()));
    if (number >= 0 && number < static_cast<std::int64_t>(calendar.steps()))
      return static_cast<std::uint32_t>(number);
    world_.problems.add(
        date, fmt::format("found '{}'; allowed: {} to {}, the time of the scenario", date.text(),
                          to_string(calendar.start()), to_string(calendar.end())));
    return std::nullopt;
  }

  Numbers steps(const Place& dates) {
    Numbers list;
    for (const auto& date : dates.one_or_list()) {
      const auto number = step(date);
      if (!number) continue;
      if (std::find(list.begin(), list.end(), *number) == list.end())
        list.push_back(*number);
      else
        world_.problems.add(
            date, fmt::format("found '{}', whose step is named before; allowed: each step once",
                              date.text()));
    }
    std::sort(list.begin(), list.end());
    return list;
  }

  std::optional<std::uint32_t> policy(const Place& name) {
    if (name.text() == "rights") return 0U;
    Names names("rights, or groups of the scenario");
    names.add("rights");
    for (const auto& group : world_.groups.list()) names.add(group);
    return names.find(name, world_.problems);
  }

  const Place& place_;
  World& world_;
  LadderRole ladder_ = LadderRole::engagement;
};

const std::vector<std::string>& kind_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const auto& info : measure_infos()) list.emplace_back(info.key);
    return list;
  }();
  return names;
}

// What the model has to say, under the path of the file.
void check(const Measure& measure, const Place& entry, const Place& kind, StudyContext& study) {
  const auto prefix = measure.name + '.';
  for (auto finding : violations(study.world.model, std::span(&measure, 1))) {
    const bool of_field = finding.starts_with(prefix);
    if (of_field) finding.erase(0, prefix.size());
    report_findings({finding}, of_field ? kind : entry, study.problems());
  }
}

}  // namespace

void read_study_measures(StudyContext& study) {
  const auto list = study.root.find("measures");
  for (const auto& entry : list.entries()) {
    const auto kind = only_kind(entry, kind_names(), "measure", study.problems());
    if (!kind || kind->tainted) continue;
    const auto before = study.problems().size();
    Measure measure{std::string(entry.key), find_measure(kind.key)->make()};
    visit_fields(FieldReader(kind, study.world), measure.kind);
    if (study.problems().size() > before) continue;
    if (study.base_is_fine) check(measure, entry, kind, study);
    study.measures.push_back(std::move(measure));
  }
  if (list && list->children.empty())
    study.problems().add(list, "found no measures; allowed: one or more");
}

}  // namespace entente::detail
