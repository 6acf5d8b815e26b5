// What frames a world: title, calendar, run, the model's own numbers, names, terms.
#include <fmt/format.h>

#include "entente/terms/registry.hpp"
#include "io/fields.hpp"
#include "io/scenario/limits.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

namespace {

void limit(const Place& place, std::size_t count, std::size_t most, const char* what,
           Problems& problems) {
  if (count > most)
    problems.add(place, fmt::format("found {} {}; allowed: at most {}", count, what, most));
}

void read_keys(const Place& place, Names& names) {
  for (const auto& entry : place.entries()) names.add(std::string(entry.key));
  if (place && place->tainted) names.distrust();
}

}  // namespace

void read_run(World& world) {
  const auto run = world.root.find("run");
  auto& scenario = world.scenario;
  world.model.title = text_or(world.root.find("title"), "");
  scenario.question = text_or(world.root.find("question"), "");
  if (const auto replicates = run.find("replicates"))
    scenario.replicates = static_cast<std::size_t>(parse_integer(replicates.text()).value_or(1));
  if (const auto seed = run.find("seed")) world.model.seed = parse_integer(seed.text()).value_or(1);
  const auto record = text_or(run.find("record"), "rungs");
  scenario.record = record == "full"      ? RecordLevel::full
                    : record == "summary" ? RecordLevel::summary
                                          : RecordLevel::rungs;
  read_fields(world.root, world.model, model_fields());
}

void read_calendar(World& world) {
  const auto time = world.root.find("time");
  const auto start = time.find("start");
  const auto end = time.find("end");
  if (!start || !end) return;
  const auto first = *parse_date(start.text());
  const auto last = *parse_date(end.text());
  if (last < first) {
    world.problems.add(end, fmt::format("found '{}'; allowed: a date after the start ({})",
                                        end.text(), start.text()));
    return;
  }
  const auto unit = parse_step_unit(text_or(time.find("step"), "month")).value_or(StepUnit::month);
  const Calendar calendar(first, last, unit);
  if (calendar.steps() > max_steps) {
    world.problems.add(
        end, fmt::format("found {} steps; allowed: at most {}", calendar.steps(), max_steps));
    return;
  }
  world.model.calendar = calendar;
  world.has_calendar = true;
}

void read_names(World& world) {
  auto& problems = world.problems;
  const auto sectors = world.root.find("sectors");
  for (const auto& sector : sectors.one_or_list())
    if (!world.sectors.add(sector.text()))
      problems.add(sector, fmt::format("found sector '{}' twice; allowed: once", sector.text()));
  if (sectors && sectors->tainted) world.sectors.distrust();
  const auto groups = world.root.find("groups");
  const auto authorities = world.root.find("authorities");
  const auto covariates = world.root.find("covariates");
  read_keys(groups, world.groups);
  read_keys(authorities, world.authorities);
  read_keys(covariates, world.covariates);
  limit(groups, world.groups.size(), max_groups, "groups", problems);
  limit(authorities, world.authorities.size(), max_authorities, "authorities", problems);
  limit(covariates, world.covariates.size(), max_covariates, "covariates", problems);
  if (world.authorities.size() == 0 && !(authorities && authorities->tainted) && authorities)
    problems.add(authorities, "found no authority; allowed: one or more");
  world.model.sectors = world.sectors.list();
}

void read_terms(World& world) {
  const auto terms = world.root.find("terms");
  for (const auto& info : builtin_terms().terms) {
    if (!terms || terms->position(info.key) == terms->keys.size()) continue;
    const auto place = terms.find(info.key);
    if (place && !parse_boolean(text_or(place.find("on"), "true")).value_or(true)) continue;
    TermChoice choice;
    choice.key = info.key;
    for (const auto& field : info.fields)
      choice.values.push_back(float_or(place.find(field.name), field.fallback));
    world.model.terms.push_back(std::move(choice));
  }
}

}  // namespace entente::detail
