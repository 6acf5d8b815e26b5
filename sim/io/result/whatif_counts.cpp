#include "io/result/whatif_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "io/result/summaries.hpp"

namespace entente::detail {
namespace {

constexpr std::size_t most_chunk_bytes = std::size_t{1} << 20;
constexpr std::size_t most_replicates = 64;

hid_t count_type(const Model& model) {
  return model.actors.size() <= std::numeric_limits<std::uint16_t>::max()
             ? hdf5::file_type<std::uint16_t>()
             : hdf5::file_type<std::uint32_t>();
}

}  // namespace

WhatIfCounts::WhatIfCounts(netcdf::Writer& file, const Model& model, std::size_t variants)
    : authorities_(model.authorities.size()),
      steps_(model.calendar.steps()),
      variants_(variants),
      tile_rungs_(0),
      rungs_{},
      members_(1 + variants) {
  for (const auto d : all_ladders) {
    rungs_[index_of(d)] = model.ladders[index_of(d)].size();
    tile_rungs_ = std::max(tile_rungs_, rungs_[index_of(d)]);
  }
  const std::size_t bytes = authorities_ * steps_ * tile_rungs_ * sizeof(std::uint32_t);
  block_ = std::bit_floor(std::clamp<std::size_t>(most_chunk_bytes / bytes, 1, most_replicates));
  labels_ = file.coordinate("/replicate", hdf5::file_type<std::uint32_t>(), netcdf::unlimited,
                            {"number of the replicate"});
  for (const auto& ladder : model.ladders) {
    variables_.push_back(create(file, model, ladder, false));
    variables_.push_back(create(file, model, ladder, true));
  }
  for (auto& member : members_) {
    for (std::size_t d = 0; d < ladder_count; ++d) {
      member.waiting[d].resize(block_ * authorities_ * steps_ * rungs_[d]);
    }
  }
}

WhatIfCounts::Variable WhatIfCounts::create(netcdf::Writer& file, const Model& model,
                                            const Ladder& ladder, bool of_variants) const {
  Variable variable;
  variable.path = fmt::format("/{}_{}count", ladder.key, of_variants ? "variant_" : "");
  auto dimensions = per_authority(model, {"time", ladder.key + "_rung"});
  variable.shape = {steps_, ladder.size()};
  if (authorities_ > 1) variable.shape.insert(variable.shape.begin(), authorities_);
  auto chunk = variable.shape;
  chunk.insert(chunk.begin(), block_);
  chunk = netcdf::chunk_shape(chunk, H5Tget_size(count_type(model)), most_chunk_bytes);
  if (of_variants) {
    dimensions.insert(dimensions.begin(), "variant");
    variable.shape.insert(variable.shape.begin(), variants_);
    chunk.insert(chunk.begin() + 1, 1);  // variants are written one by one
  }
  dimensions.insert(dimensions.begin(), "replicate");
  variable.dataset = file.variable(variable.path, count_type(model), dimensions,
                                   {"number of actors at or above the rung at the end of the step",
                                    "1", std::pair(0.0F, static_cast<float>(model.actors.size()))},
                                   {chunk, true});
  hdf5::write_attribute(variable.dataset.get(), "coordinates", "time_label");
  return variable;
}

void WhatIfCounts::record(std::size_t variant, const TileResult& baseline, const TileResult& tile) {
  if (variant >= variants_) throw std::invalid_argument("WhatIfCounts: no such variant");
  if (variant == 0) record(0, baseline);
  record(1 + variant, tile);
}

void WhatIfCounts::record(std::size_t member_number, const TileResult& tile) {
  Member& member = members_[member_number];
  const std::size_t before = member.written + member.count;
  if (member_number == 0 && before == 0) first_replicate_ = tile.first_replicate;
  if (tile.first_replicate != first_replicate_ + before) {
    throw std::invalid_argument("WhatIfCounts: replicates do not follow each other");
  }
  for (std::size_t r = 0; r < tile.replicates; ++r) {
    collect(member, tile, r);
    if (member.count == block_) write(member_number);
  }
}

void WhatIfCounts::collect(Member& member, const TileResult& tile, std::size_t r) const {
  for (std::size_t d = 0; d < ladder_count; ++d) {
    auto out = member.waiting[d].begin() +
               static_cast<std::ptrdiff_t>(member.count * authorities_ * steps_ * rungs_[d]);
    for (std::size_t k = 0; k < authorities_; ++k) {
      const std::size_t row = ((k * ladder_count + d) * tile.replicates + r) * steps_;
      const std::uint32_t* counts = tile.at_or_above.data() + row * tile_rungs_;
      for (std::size_t t = 0; t < steps_; ++t, counts += tile_rungs_) {
        out = std::copy_n(counts, rungs_[d], out);
      }
    }
  }
  ++member.count;
}

void WhatIfCounts::write(std::size_t member_number) {
  Member& member = members_[member_number];
  if (member.count == 0) return;
  if (member.written + member.count > size_) resize(member.written + member.count);
  for (std::size_t d = 0; d < ladder_count; ++d) {
    const Variable& variable = variables_[2 * d + (member_number == 0 ? 0 : 1)];
    hdf5::Extents start(variable.shape.size() + 1, 0);
    hdf5::Extents count = variable.shape;
    count.insert(count.begin(), member.count);
    start.front() = member.written;
    if (member_number != 0) {
      start[1] = member_number - 1;
      count[1] = 1;
    }
    hdf5::write_block(variable.dataset.get(), hdf5::memory_type<std::uint32_t>(), start, count,
                      member.waiting[d].data(), variable.path);
  }
  member.written += member.count;
  member.count = 0;
}

void WhatIfCounts::resize(std::size_t replicates) {
  const hsize_t length = replicates;
  hdf5::check(H5Dset_extent(labels_.get(), &length), "/replicate");
  for (const auto& variable : variables_) {
    hdf5::Extents size = variable.shape;
    size.insert(size.begin(), replicates);
    hdf5::check(H5Dset_extent(variable.dataset.get(), size.data()), variable.path);
  }
  if (replicates > size_) {
    std::vector<std::uint32_t> numbers(replicates - size_);
    std::iota(numbers.begin(), numbers.end(), static_cast<std::uint32_t>(first_replicate_ + size_));
    hdf5::write_block(labels_.get(), hdf5::memory_type<std::uint32_t>(), {size_}, {numbers.size()},
                      numbers.data(), "/replicate");
  }
  size_ = replicates;
}

void WhatIfCounts::finish(std::size_t replicates) {
  for (const auto& member : members_) {
    if (member.written + member.count < replicates) {
      throw std::invalid_argument("WhatIfCounts: not all replicates were observed");
    }
  }
  for (std::size_t m = 0; m < members_.size(); ++m) {
    Member& member = members_[m];
    // What comes after belongs to a batch that was not finished.
    member.count = std::min(member.count, replicates - std::min(replicates, member.written));
    write(m);
  }
  if (size_ != replicates) resize(replicates);
}

}  // namespace entente::detail
