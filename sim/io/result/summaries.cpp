#include "io/result/summaries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "io/fields.hpp"

namespace entente::detail {
namespace {

constexpr std::array quantiles{0.05, 0.25, 0.5, 0.75, 0.95};

double share(std::uint64_t count, std::size_t replicates) {
  if (replicates == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(count) / static_cast<double>(replicates);
}

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

/// Mean and standard deviation over replicates from sums; not a number where nothing was recorded.
struct Spread {
  double mean;
  double deviation;
};
Spread spread(double sum, double square, std::size_t replicates) {
  const auto n = static_cast<double>(replicates);
  const double mean = sum / n;  // 0 / 0 is not a number
  return {mean, std::sqrt(std::max(0.0, square / n - mean * mean))};
}

}  // namespace

std::vector<std::string> per_authority(const Model& model, std::vector<std::string> dimensions) {
  if (model.authorities.size() > 1) dimensions.insert(dimensions.begin(), "authority");
  return dimensions;
}

void Surroundings::Moments::resize(std::size_t size) {
  sum.resize(size);
  square.resize(size);
}

void Surroundings::Moments::add(const std::vector<float>& values, std::size_t replicates,
                                std::size_t steps) {
  const float* value = values.data();  // (rows, R, T)
  for (std::size_t first = 0; first < sum.size(); first += steps) {
    for (std::size_t r = 0; r < replicates; ++r) {
      for (std::size_t x = first; x < first + steps; ++x, ++value) {
        sum[x] += static_cast<double>(*value);
        square[x] += static_cast<double>(*value) * static_cast<double>(*value);
      }
    }
  }
}

Surroundings::Surroundings(const Model& model)
    : authorities_(model.authorities.size()),
      groups_(model.groups.size()),
      bodies_(model.bodies.size()),
      steps_(model.calendar.steps()),
      rungs_(std::max(model.rights.size(), model.posture.size())) {
  rung_counts_.resize(authorities_ * (1 + groups_) * steps_ * rungs_);
  yes_.resize(bodies_ * steps_);
  states_.resize(authorities_ * authority_state_count * steps_);
  activity_.resize(groups_ * steps_);
}

void Surroundings::record(const TileResult& tile) {
  const std::uint8_t* rung = tile.authority_rungs.data();
  for (std::size_t row = 0; row < authorities_ * (1 + groups_); ++row) {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      for (std::size_t t = 0; t < steps_; ++t) {
        ++rung_counts_[(row * steps_ + t) * rungs_ + *rung++];
      }
    }
  }
  const std::uint8_t* yes = tile.bodies.data();
  for (std::size_t b = 0; b < bodies_; ++b) {
    for (std::size_t r = 0; r < tile.replicates; ++r) {
      for (std::size_t t = 0; t < steps_; ++t) yes_[b * steps_ + t] += *yes++;
    }
  }
  states_.add(tile.authority_states, tile.replicates, steps_);
  activity_.add(tile.activity, tile.replicates, steps_);
}

void Surroundings::write(netcdf::Writer& file, const Model& model, std::size_t replicates) const {
  write_rungs(file, model, replicates);
  write_moments(file, model, replicates);
}

void Surroundings::write_rungs(netcdf::Writer& file, const Model& model,
                               std::size_t replicates) const {
  std::vector<double> rights;
  std::vector<double> posture;
  for (std::size_t k = 0; k < authorities_; ++k) {
    for (std::size_t t = 0; t < steps_; ++t) {
      for (std::size_t l = 0; l < 1 + groups_; ++l) {
        const std::size_t first = ((k * (1 + groups_) + l) * steps_ + t) * rungs_;
        auto& values = l == 0 ? rights : posture;
        const std::size_t rungs = l == 0 ? model.rights.size() : model.posture.size();
        for (std::size_t r = 0; r < rungs; ++r) {
          values.push_back(share(rung_counts_[first + r], replicates));
        }
      }
    }
  }
  label(file.write(
            fmt::format("/{}_probability", model.rights.key),
            per_authority(model, {"time", model.rights.key + "_rung"}), rights,
            {"share of replicates with the authority on the rung at the end of the step", "1"}),
        "time_label");
  if (!posture.empty()) {
    label(file.write(fmt::format("/{}_probability", model.posture.key),
                     per_authority(model, {"time", "group", model.posture.key + "_rung"}), posture,
                     {"share of replicates with the authority on the rung towards the group at the "
                      "end of the step",
                      "1"}),
          "time_label");
  }
  if (bodies_ == 0) return;
  std::vector<double> decision;
  for (std::size_t t = 0; t < steps_; ++t) {
    for (std::size_t b = 0; b < bodies_; ++b) {
      decision.push_back(share(yes_[b * steps_ + t], replicates));
    }
  }
  label(file.write("/body_decision_probability", {"time", "body"}, decision,
                   {"share of replicates with the body deciding yes at the end of the step", "1"}),
        "time_label");
}

void Surroundings::write_moments(netcdf::Writer& file, const Model& model,
                                 std::size_t replicates) const {
  const auto write = [&](std::string_view name, const std::vector<std::string>& dimensions,
                         const std::vector<Spread>& values, std::string_view meaning) {
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
  };
  for (const auto& field : state_fields()) {
    std::vector<Spread> values;
    for (std::size_t k = 0; k < authorities_; ++k) {
      const std::size_t row = k * authority_state_count + static_cast<std::size_t>(field.state);
      for (std::size_t x = row * steps_; x < (row + 1) * steps_; ++x) {
        values.push_back(spread(states_.sum[x], states_.square[x], replicates));
      }
    }
    write(field.name, per_authority(model, {"time"}), values, field.meaning);
  }
  if (groups_ == 0) return;
  std::vector<Spread> values;
  for (std::size_t t = 0; t < steps_; ++t) {
    for (std::size_t g = 0; g < groups_; ++g) {
      const std::size_t x = g * steps_ + t;
      values.push_back(spread(activity_.sum[x], activity_.square[x], replicates));
    }
  }
  write("activity", {"time", "group"}, values,
        "activity of the armed group at the end of the step");
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

}  // namespace entente::detail
