#include "io/result/inputs.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "io/result/layout_course.hpp"
#include "io/result/layout_origin.hpp"
#include "io/result/layout_world.hpp"

// The layout of the inputs, in both directions: each function here and in the layout headers names
// a part of a scenario once, for `InputWriter` and `InputReader` alike. Described in
// docs/result-format.md.

namespace entente::detail {
namespace layout {

template <class Archive, class S>
void visit_run(Archive& ar, S& scenario) {
  auto& model = scenario.model;
  ar.value("/inputs/title", model.title, {"title of the scenario"});
  ar.value("/inputs/question", scenario.question, {"question of the scenario"});
  ar.value("/inputs/seed", model.seed, {"seed of all draws"});
  ar.value("/inputs/replicates", scenario.replicates, {"number of replicates asked for"});
  ar.flags("/inputs/record", {}, 1, [&](std::size_t) -> auto& { return scenario.record; }, levels,
           {"how much of a run is kept"});
  visit_scalars(ar, "/inputs", model, model_fields());
}

template <class Archive, class M>
void visit_calendar(Archive& ar, M& model) {
  std::array<std::string, 3> text{to_string(model.calendar.start()),
                                  to_string(model.calendar.end()),
                                  std::string(to_string(model.calendar.unit()))};
  ar.value("/inputs/calendar/start", text[0], {"first day"});
  ar.value("/inputs/calendar/end", text[1], {"last day"});
  ar.value("/inputs/calendar/step", text[2], {"length of a step"});
  if constexpr (!Archive::writing) {
    const auto start = parse_date(text[0]);
    const auto end = parse_date(text[1]);
    const auto unit = parse_step_unit(text[2]);
    if (!start || !end || !unit) throw std::invalid_argument("/inputs/calendar: not a calendar");
    model.calendar = Calendar(*start, *end, *unit);
  }
}

template <class Archive, class S>
void visit_scenario(Archive& ar, S& scenario) {
  auto& model = scenario.model;
  visit_entities(ar, model);
  visit_run(ar, scenario);
  visit_calendar(ar, model);
  visit_ladders(ar, model);
  visit_authorities(ar, model);
  visit_groups(ar, model);
  visit_covariates(ar, model);
  visit_parameters(ar, model);
  visit_terms(ar, model);
  visit_relation(ar, "alignment", model.actors.size(), model.alignment);
  visit_relation(ar, "rivalry", model.actors.size(), model.rivalry);
  visit_series(ar, model);
  visit_happenings(ar, model);
  visit_start(ar, model);
  visit_sources(ar, scenario);
}

}  // namespace layout

void write_flags(hid_t dataset, const std::vector<std::string>& names) {
  std::vector<std::uint8_t> values(names.size());
  for (std::size_t x = 0; x < values.size(); ++x) values[x] = static_cast<std::uint8_t>(x);
  std::string meanings;
  for (auto name : names) {
    std::replace(name.begin(), name.end(), ' ', '_');  // CF separates the meanings by blanks
    if (!meanings.empty()) meanings += ' ';
    meanings += name;
  }
  hdf5::write_attribute(dataset, "flag_values", std::span<const std::uint8_t>(values));
  hdf5::write_attribute(dataset, "flag_meanings", meanings);
}

void write_inputs(netcdf::Writer& file, const Scenario& scenario) {
  InputWriter writer(file);
  layout::visit_scenario(writer, scenario);
}

Scenario read_inputs(const netcdf::Reader& file) {
  Scenario scenario;
  InputReader reader(file);
  layout::visit_scenario(reader, scenario);
  return scenario;
}

}  // namespace entente::detail
