#include "lab/server/cost.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <variant>

#include "lab/server/answer.hpp"

namespace entente::lab {
namespace {

// Choices of all actors in all worlds; minutes of work on a small machine.
constexpr double most_choices = 2e10;
// A place that an event may alter or look at is visited in a fraction of the time of a choice, but
// perhaps at every step.
constexpr double choices_per_place = 0.1;
constexpr double most_file_bytes = 1024.0 * 1024.0 * 1024.0;

std::size_t places_of(const std::vector<Change>& changes) {
  std::size_t places = 0;
  for (const auto& change : changes) places += change.indices.size();
  return places;
}

std::size_t places_of(const Model& model) {
  std::size_t places = 0;
  for (const auto& event : model.events) {
    places += places_of(event.changes);
    for (const auto& condition : event.when)
      if (const auto* count = std::get_if<CountCondition>(&condition))
        places += count->among.size();
  }
  for (const auto& body : model.bodies) places += places_of(body.changes) + body.members.size();
  for (const auto& series : model.series) places += series.slots.size();
  return places;
}

// Of one replicate.
double choices_of(const Model& model) {
  const auto actors = static_cast<double>(model.actors.size() * model.authorities.size());
  const auto places = static_cast<double>(places_of(model));
  return static_cast<double>(model.calendar.steps()) * (actors + choices_per_place * places);
}

// Bytes of one replicate of a run without variants, by what TileResult holds.
double record_bytes(const Model& model, RecordLevel level) {
  const std::size_t authorities = model.authorities.size();
  const std::size_t pairs = authorities * model.actors.size();
  std::size_t bytes = authorities * (1 + model.groups.size() + 4 * sizeof(float)) +
                      model.groups.size() * sizeof(float) + model.bodies.size();
  if (level != RecordLevel::summary) bytes += ladder_count * pairs;
  if (level == RecordLevel::full) {
    const std::size_t numbers = 2 * model.terms.size() + 2 * model.covariates.size() + 2;
    const std::size_t drivers = 16 + 2 * model.groups.size();
    bytes += pairs * (ladder_count * (1 + numbers * sizeof(float)) + drivers * sizeof(float));
  }
  return static_cast<double>(bytes * model.calendar.steps());
}

// Bytes of one replicate of what-ifs: how many actors stand where in each world, and how many that
// no event moved.
double count_bytes(const Model& model, std::size_t worlds) {
  std::size_t rungs = 0;
  for (const auto& ladder : model.ladders) rungs += ladder.size();
  return static_cast<double>(2 * worlds * model.authorities.size() * model.calendar.steps() *
                             rungs * sizeof(std::uint16_t));
}

}  // namespace

void require_time(const Run& run) {
  double choices = 0;
  for (std::size_t k = 0; k < run.outcomes(); ++k) choices += choices_of(run.world(k).model);
  choices *= static_cast<double>(run.replicates);
  if (choices <= most_choices) return;
  throw Refused(400,
                fmt::format("found a run of {:.1g} choices of states; allowed: at most {:.1g}, "
                            "so fewer replicates, variants or places that events name",
                            choices, most_choices));
}

std::size_t require_file_size(const Run& run) {
  const Model& model = run.scenario.model;
  const double bytes = static_cast<double>(run.replicates) *
                       (run.variants.empty() ? record_bytes(model, run.scenario.record)
                                             : count_bytes(model, run.outcomes()));
  if (bytes <= most_file_bytes) return static_cast<std::size_t>(bytes);
  throw Refused(400, fmt::format("found a result file of {:.1f} GiB; allowed: at most {:.0f} GiB, "
                                 "so fewer replicates, or the command line",
                                 bytes / most_file_bytes, 1.0));
}

std::size_t memory_of(const Scenario& scenario) {
  const Model& model = scenario.model;
  std::size_t bytes = sizeof(Scenario);
  for (const auto& file : scenario.files) bytes += file.name.size() + file.text.size();
  bytes += model.parameters.all().size_bytes();
  bytes += (model.alignment.nonzeros() + model.rivalry.nonzeros()) * sizeof(Relation::Entry);
  bytes += places_of(model) * sizeof(std::uint64_t);
  for (const auto& event : model.events)
    bytes += sizeof(Event) + event.note.size() + event.changes.size() * sizeof(Change) +
             event.when.size() * sizeof(Condition);
  for (const auto& series : model.series) bytes += series.values.size() * sizeof(float);
  bytes += model.actors.size() * sizeof(Actor);
  bytes += scenario.history.observations.size() * sizeof(Observation);
  return bytes;
}

std::size_t memory_of(const Run& run) {
  std::size_t bytes = 0;
  for (std::size_t k = 0; k < run.outcomes(); ++k) bytes += memory_of(run.world(k));
  return bytes;
}

}  // namespace entente::lab
