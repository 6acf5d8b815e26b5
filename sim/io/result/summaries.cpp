#include "io/result/summaries.hpp"

#include <fmt/format.h>

#include <array>

#include "io/fields.hpp"

namespace entente::detail {
namespace {

constexpr std::array quantiles{0.05, 0.25, 0.5, 0.75, 0.95};

void label(const hdf5::Handle& dataset, const char* coordinates) {
  hdf5::write_attribute(dataset.get(), "coordinates", coordinates);
}

/// Summaries that are written alike: that of a run, or those of variants side by side.
struct Shelf {
  const Model& model;
  std::span<const Summary* const> summaries;
  bool of_variants;

  [[nodiscard]] std::string path(const Ladder& ladder, std::string_view quantity) const {
    return fmt::format("/{}_{}{}", ladder.key, of_variants ? "variant_" : "", quantity);
  }
  [[nodiscard]] std::vector<std::string> dimensions(std::vector<std::string> list) const {
    list = per_authority(model, std::move(list));
    if (of_variants) list.insert(list.begin(), "variant");
    return list;
  }
};

/// Writes probability(variant, authority, time, actor, rung) step by step, so that little is in
/// memory.
void write_probability(netcdf::Writer& file, const Shelf& shelf, LadderRole d) {
  const auto& model = shelf.model;
  const auto& ladder = model.ladders[index_of(d)];
  const std::string path = shelf.path(ladder, "probability");
  const std::size_t actors = model.actors.size();
  const auto dataset = file.variable(
      path, hdf5::file_type<double>(), shelf.dimensions({"time", "actor", ladder.key + "_rung"}),
      {"share of replicates with the actor on the rung at the end of the step", "1"});
  label(dataset, "time_label actor_name");
  std::vector<double> values(actors * ladder.size());
  const auto write_step = [&](std::size_t v, std::size_t k, std::size_t t) {
    auto value = values.begin();
    for (std::size_t i = 0; i < actors; ++i) {
      for (std::size_t r = 0; r < ladder.size(); ++r) {
        *value++ = shelf.summaries[v]->probability(k, d, t, i, static_cast<Rung>(r));
      }
    }
    hdf5::Extents start;
    if (shelf.of_variants) start.push_back(v);
    if (model.authorities.size() > 1) start.push_back(k);
    hdf5::Extents count(start.size(), 1);
    start.insert(start.end(), {t, 0, 0});
    count.insert(count.end(), {1, actors, ladder.size()});
    hdf5::write_block(dataset.get(), hdf5::memory_type<double>(), start, count, values.data(),
                      path);
  };
  for (std::size_t v = 0; v < shelf.summaries.size(); ++v) {
    for (std::size_t k = 0; k < model.authorities.size(); ++k) {
      for (std::size_t t = 0; t < model.calendar.steps(); ++t) write_step(v, k, t);
    }
  }
}

/// Writes mean and quantiles of the number of actors at or above each rung.
void write_counts(netcdf::Writer& file, const Shelf& shelf, LadderRole d) {
  const auto& ladder = shelf.model.ladders[index_of(d)];
  std::vector<double> mean;
  std::vector<std::uint32_t> quantile;
  for (const Summary* summary : shelf.summaries) {
    for (std::size_t k = 0; k < shelf.model.authorities.size(); ++k) {
      for (std::size_t t = 0; t < summary->steps(); ++t) {
        for (std::size_t r = 0; r < ladder.size(); ++r) {
          const auto rung = static_cast<Rung>(r);
          mean.push_back(summary->mean_count(k, d, t, rung));
          for (const double q : quantiles) {
            quantile.push_back(
                static_cast<std::uint32_t>(summary->quantile_count(k, d, t, rung, q)));
          }
        }
      }
    }
  }
  const std::string rung = ladder.key + "_rung";
  label(file.write(shelf.path(ladder, "count_mean"), shelf.dimensions({"time", rung}), mean,
                   {"mean number of actors at or above the rung at the end of the step", "1"}),
        "time_label");
  label(file.write(shelf.path(ladder, "count_quantile"),
                   shelf.dimensions({"time", rung, "quantile"}), quantile,
                   {"quantile over replicates of the number of actors at or above the rung at the "
                    "end of the step",
                    "1"}),
        "time_label");
}

void write_shelf(netcdf::Writer& file, const Shelf& shelf) {
  for (const auto d : all_ladders) {
    write_probability(file, shelf, d);
    write_counts(file, shelf, d);
  }
}

/// Writes the rungs of authorities.
void write_rungs(netcdf::Writer& file, const Model& model, const StateSummary& summary) {
  std::vector<double> rights;
  std::vector<double> posture;
  for (std::size_t k = 0; k < model.authorities.size(); ++k) {
    for (std::size_t t = 0; t < model.calendar.steps(); ++t) {
      for (std::size_t l = 0; l < 1 + model.groups.size(); ++l) {
        auto& values = l == 0 ? rights : posture;
        const std::size_t rungs = l == 0 ? model.rights.size() : model.posture.size();
        for (std::size_t r = 0; r < rungs; ++r) {
          values.push_back(summary.share(summary.rung_count(k, l, t, static_cast<Rung>(r))));
        }
      }
    }
  }
  label(file.write(
            fmt::format("/{}_probability", model.rights.key),
            per_authority(model, {"time", model.rights.key + "_rung"}), rights,
            {"share of replicates with the authority on the rung at the end of the step", "1"}),
        "time_label");
  if (posture.empty()) return;
  label(file.write(fmt::format("/{}_probability", model.posture.key),
                   per_authority(model, {"time", "group", model.posture.key + "_rung"}), posture,
                   {"share of replicates with the authority on the rung towards the group at the "
                    "end of the step",
                    "1"}),
        "time_label");
}

void write_bodies(netcdf::Writer& file, const Model& model, const StateSummary& summary) {
  if (model.bodies.empty()) return;
  std::vector<double> decision;
  for (std::size_t t = 0; t < model.calendar.steps(); ++t) {
    for (std::size_t b = 0; b < model.bodies.size(); ++b) {
      decision.push_back(summary.share(summary.yes_count(b, t)));
    }
  }
  label(file.write("/body_decision_probability", {"time", "body"}, decision,
                   {"share of replicates with the body deciding yes at the end of the step", "1"}),
        "time_label");
}

void write_spread(netcdf::Writer& file, std::string_view name,
                  const std::vector<std::string>& dimensions, const std::vector<Spread>& values,
                  std::string_view meaning) {
  std::vector<double> mean;
  std::vector<double> deviation;
  for (const auto& value : values) {
    mean.push_back(value.mean);
    deviation.push_back(value.deviation);
  }
  label(file.write(fmt::format("/{}_mean", name), dimensions, mean,
                   {fmt::format("mean over replicates: {}", meaning), "1"}),
        "time_label");
  label(file.write(fmt::format("/{}_deviation", name), dimensions, deviation,
                   {fmt::format("standard deviation over replicates: {}", meaning), "1"}),
        "time_label");
}

void write_states(netcdf::Writer& file, const Model& model, const StateSummary& summary) {
  const std::size_t steps = model.calendar.steps();
  for (const auto& field : state_fields()) {
    std::vector<Spread> values;
    for (std::size_t k = 0; k < model.authorities.size(); ++k) {
      for (std::size_t t = 0; t < steps; ++t) values.push_back(summary.state(k, field.state, t));
    }
    write_spread(file, field.name, per_authority(model, {"time"}), values, field.meaning);
  }
  if (model.groups.empty()) return;
  std::vector<Spread> values;
  for (std::size_t t = 0; t < steps; ++t) {
    for (std::size_t g = 0; g < model.groups.size(); ++g) values.push_back(summary.activity(g, t));
  }
  write_spread(file, "activity", {"time", "group"}, values,
               "activity of the armed group at the end of the step");
}

}  // namespace

std::vector<std::string> per_authority(const Model& model, std::vector<std::string> dimensions) {
  if (model.authorities.size() > 1) dimensions.insert(dimensions.begin(), "authority");
  return dimensions;
}

void write_summary(netcdf::Writer& file, const Model& model, const Summary& summary) {
  file.write_coordinate("/quantile", std::vector<double>(quantiles.begin(), quantiles.end()),
                        {"share of replicates at or below"});
  const std::array one{&summary};
  write_shelf(file, {model, one, false});
}

void write_variant_summaries(netcdf::Writer& file, const Model& model,
                             std::span<const Summary* const> summaries) {
  write_shelf(file, {model, summaries, true});
}

void write_state_summary(netcdf::Writer& file, const Model& model, const StateSummary& summary) {
  write_rungs(file, model, summary);
  write_bodies(file, model, summary);
  write_states(file, model, summary);
}

}  // namespace entente::detail
