#include "io/result/trajectories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

#include "io/fields.hpp"
#include "io/result/inputs.hpp"

namespace entente::detail {
namespace {

constexpr std::size_t most_block_bytes = std::size_t{4} << 20;  ///< of all variables together
constexpr std::size_t most_chunk_bytes = std::size_t{1} << 20;
constexpr std::size_t most_replicates = 64;

/// Copies pieces of `inner` consecutive elements: piece x of the file is row `rows[x]` of the tile,
/// whose indices are (row, replicate, inner).
template <class T>
Gather pieces(std::vector<T> TileResult::*source, const std::vector<std::size_t>& rows,
              std::size_t inner) {
  const auto place = [=](const TileResult& tile, std::size_t row, std::size_t r) {
    const T* from = (tile.*source).data() + (row * tile.replicates + r) * inner;
    return reinterpret_cast<const std::byte*>(from);
  };
  Gather gather;
  gather.copy = [=](const TileResult& tile, std::size_t r, std::byte* out) {
    for (const std::size_t row : rows) {
      out = std::copy_n(place(tile, row, r), inner * sizeof(T), out);
    }
  };
  if (rows.size() == 1) {
    gather.place = [=](const TileResult& tile, std::size_t r) { return place(tile, rows[0], r); };
  }
  return gather;
}

/// Copies rows (row, replicate, time) of a tile to (part, time, row of the part).
template <class T>
Gather by_time(std::vector<T> TileResult::*source, const std::vector<std::size_t>& first,
               std::size_t rows, std::size_t steps) {
  const auto copy = [=](const TileResult& tile, std::size_t r, std::byte* out) {
    for (const std::size_t part : first) {
      for (std::size_t t = 0; t < steps; ++t) {
        for (std::size_t row = part; row < part + rows; ++row) {
          const T* from = (tile.*source).data() + (row * tile.replicates + r) * steps + t;
          std::memcpy(out, from, sizeof(T));
          out += sizeof(T);
        }
      }
    }
  };
  return {copy, {}};
}

std::vector<std::size_t> sequence(std::size_t count, std::size_t first, std::size_t step) {
  std::vector<std::size_t> rows(count);
  for (std::size_t x = 0; x < count; ++x) rows[x] = first + x * step;
  return rows;
}

}  // namespace

/// The list of what is recorded, per level.
class Trajectories::Catalogue {
 public:
  explicit Catalogue(const Simulation& simulation)
      : simulation_(simulation),
        model_(simulation.model()),
        k_(model_.authorities.size()),
        g_(model_.groups.size()),
        t_(model_.calendar.steps()),
        n_(model_.actors.size()) {}

  std::vector<Variable> list(RecordLevel level) {
    if (level == RecordLevel::summary) return {};
    actors();
    authorities();
    surroundings();
    if (level == RecordLevel::full) decisions();
    return std::move(list_);
  }

 private:
  /// Adds a variable of (authority, dimensions...) without what has no extent; the authority is
  /// named only where there are several.
  template <class T>
  void add(std::string path, bool per_authority, const std::vector<std::string>& dimensions,
           const hdf5::Extents& shape, netcdf::Meta meta, const std::vector<std::string>* flags,
           Gather gather) {
    Variable variable{std::move(path), {},   {},    hdf5::file_type<T>(), hdf5::memory_type<T>(),
                      sizeof(T),       meta, flags, std::move(gather)};
    if (per_authority && k_ > 1) {
      variable.dimensions = {"authority"};
      variable.shape = {k_};
    }
    variable.dimensions.insert(variable.dimensions.end(), dimensions.begin(), dimensions.end());
    variable.shape.insert(variable.shape.end(), shape.begin(), shape.end());
    if (hdf5::product(variable.shape) != 0) list_.push_back(std::move(variable));
  }

  void actors() {
    for (const auto d : all_ladders) {
      const auto& ladder = model_.ladders[index_of(d)];
      add<std::uint8_t>(
          "/" + ladder.key, true, {"time", "actor"}, {t_, n_},
          {"rung of the actor at the end of the step"}, &ladder.rungs,
          pieces(&TileResult::rungs, sequence(k_, index_of(d), ladder_count), t_ * n_));
    }
  }

  void authorities() {
    const std::size_t rows = 1 + g_;
    add<std::uint8_t>("/" + model_.rights.key, true, {"time"}, {t_},
                      {"rung of the authority's rights policy at the end of the step"},
                      &model_.rights.rungs,
                      pieces(&TileResult::authority_rungs, sequence(k_, 0, rows), t_));
    add<std::uint8_t>("/" + model_.posture.key, true, {"time", "group"}, {t_, g_},
                      {"rung of the authority's posture towards the group at the end of the step"},
                      &model_.posture.rungs,
                      by_time(&TileResult::authority_rungs, sequence(k_, 1, rows), g_, t_));
    for (const auto& field : state_fields()) {
      add<float>(
          fmt::format("/{}", field.name), true, {"time"}, {t_}, {field.meaning, "1"}, nullptr,
          pieces(&TileResult::authority_states,
                 sequence(k_, static_cast<std::size_t>(field.state), authority_state_count), t_));
    }
  }

  void surroundings() {
    static const std::vector<std::string> no_yes{"no", "yes"};
    const std::size_t b = model_.bodies.size();
    add<float>("/activity", false, {"time", "group"}, {t_, g_},
               {"activity of the armed group at the end of the step", "1"}, nullptr,
               by_time(&TileResult::activity, {0}, g_, t_));
    add<std::uint8_t>("/body_decision", false, {"time", "body"}, {t_, b},
                      {"decision of the body at the end of the step"}, &no_yes,
                      by_time(&TileResult::bodies, {0}, b, t_));
  }

  void decisions() {
    const std::size_t drivers = simulation_.driver_names().size();
    const std::size_t terms = simulation_.term_names().size();
    const std::vector<std::string> each{"ladder", "time", "actor"};
    const auto all = sequence(k_ * ladder_count, 0, 1);
    add<float>("/drivers", true, {"time", "actor", "driver"}, {t_, n_, drivers},
               {"what the decisions of the step were taken on", "1"}, nullptr,
               pieces(&TileResult::drivers, sequence(k_, 0, 1), t_ * n_ * drivers));
    add<float>("/contribution", true, {"ladder", "time", "actor", "term", "option"},
               {ladder_count, t_, n_, terms, 2},
               {"what the term adds to the utility of the option, against staying", "utility"},
               nullptr, pieces(&TileResult::contributions, all, t_ * n_ * terms * 2));
    add<float>("/luck", true, each, {ladder_count, t_, n_}, {"uniform number of the decision", "1"},
               nullptr, pieces(&TileResult::luck, all, t_ * n_));
    add<float>("/opportunity", true, each, {ladder_count, t_, n_},
               {"probability that the actor reconsiders in the step", "1"}, nullptr,
               pieces(&TileResult::opportunity, all, t_ * n_));
  }

  const Simulation& simulation_;
  const Model& model_;
  std::size_t k_, g_, t_, n_;
  std::vector<Variable> list_;
};

Trajectories::Trajectories(netcdf::Writer& file, const Simulation& simulation, RecordLevel level)
    : variables_(Catalogue(simulation).list(level)) {
  if (variables_.empty()) return;
  std::size_t bytes = 0;
  for (const auto& variable : variables_) bytes += variable.bytes();
  block_ = std::bit_floor(std::clamp<std::size_t>(most_block_bytes / bytes, 1, most_replicates));
  create(file);
}

void Trajectories::create(netcdf::Writer& file) {
  labels_ = file.coordinate("/replicate", hdf5::file_type<std::uint32_t>(), netcdf::unlimited,
                            {"number of the replicate"});
  for (auto& variable : variables_) {
    auto dimensions = variable.dimensions;
    dimensions.insert(dimensions.begin(), "replicate");
    auto shape = variable.shape;
    shape.insert(shape.begin(), block_);
    auto chunk = netcdf::chunk_shape(shape, variable.element_size, most_chunk_bytes);
    chunk.front() = std::bit_floor(chunk.front());  // so that blocks consist of whole chunks
    variable.dataset =
        file.variable(variable.path, variable.file_type, dimensions, variable.meta, {chunk});
    if (variable.flags != nullptr) write_flags(variable.dataset.get(), *variable.flags);
    const bool of_actors =
        std::find(dimensions.begin(), dimensions.end(), "actor") != dimensions.end();
    hdf5::write_attribute(variable.dataset.get(), "coordinates",
                          of_actors ? "time_label actor_name" : "time_label");
    variable.buffer.resize(block_ * variable.bytes());
  }
}

void Trajectories::record(const TileResult& tile) {
  std::size_t r = 0;
  while (r < tile.replicates) {
    if (waiting_ == 0 && tile.replicates - r >= block_) {
      pass(tile, r);
      r += block_;
    } else {
      collect(tile, r++);
      if (waiting_ == block_) write(std::vector<const std::byte*>(variables_.size()));
    }
  }
}

void Trajectories::collect(const TileResult& tile, std::size_t r) {
  for (auto& variable : variables_) {
    variable.gather.copy(tile, r, variable.buffer.data() + waiting_ * variable.bytes());
  }
  numbers_.push_back(static_cast<std::uint32_t>(tile.first_replicate + r));
  ++waiting_;
}

void Trajectories::pass(const TileResult& tile, std::size_t r) {
  std::vector<const std::byte*> values;
  for (auto& variable : variables_) {
    if (variable.gather.place) {
      values.push_back(variable.gather.place(tile, r));
      continue;
    }
    for (std::size_t x = 0; x < block_; ++x) {
      variable.gather.copy(tile, r + x, variable.buffer.data() + x * variable.bytes());
    }
    values.push_back(nullptr);
  }
  for (std::size_t x = 0; x < block_; ++x) {
    numbers_.push_back(static_cast<std::uint32_t>(tile.first_replicate + r + x));
  }
  waiting_ = block_;
  write(values);
}

void Trajectories::finish() {
  if (waiting_ != 0) write(std::vector<const std::byte*>(variables_.size()));
}

void Trajectories::write(const std::vector<const std::byte*>& values) {
  const auto append = [&](hid_t dataset, hid_t type, const hdf5::Extents& shape, const void* from,
                          const std::string& path) {
    hdf5::Extents size = shape;
    hdf5::Extents start(shape.size() + 1, 0);
    hdf5::Extents count = shape;
    size.insert(size.begin(), written_ + waiting_);
    count.insert(count.begin(), waiting_);
    start.front() = written_;
    hdf5::check(H5Dset_extent(dataset, size.data()), path);
    hdf5::write_block(dataset, type, start, count, from, path);
  };
  if (!variables_.empty()) {
    append(labels_.get(), hdf5::memory_type<std::uint32_t>(), {}, numbers_.data(), "/replicate");
  }
  for (std::size_t v = 0; v < variables_.size(); ++v) {
    const auto& variable = variables_[v];
    const std::byte* from = values[v] != nullptr ? values[v] : variable.buffer.data();
    append(variable.dataset.get(), variable.memory_type, variable.shape, from, variable.path);
  }
  written_ += waiting_;
  waiting_ = 0;
  numbers_.clear();
}

}  // namespace entente::detail
