#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/model/model.hpp"
#include "io/result/netcdf.hpp"

namespace entente::detail {

/// Writes how many actors stood at or above each rung, replicate by replicate, in a baseline and in
/// its variants: `<ladder>_count` and `<ladder>_variant_count`.
///
/// Baseline and variants arrive batch by batch. What is written grows by blocks of a fixed number
/// of replicates, whose places in the file are chosen in their order: the file does not show how
/// the run was cut into batches and tiles.
class WhatIfCounts {
 public:
  WhatIfCounts(netcdf::Writer& file, const Model& model, std::size_t variants);

  /// Takes a pair of tiles as a PairObserver gets them.
  ///
  /// @throws std::invalid_argument  replicates do not follow those that came before
  void record(std::size_t variant, const TileResult& baseline, const TileResult& tile);
  /// Writes what waits and cuts all to the first `replicates` replicates.
  ///
  /// @throws std::invalid_argument  not so many were recorded of each
  void finish(std::size_t replicates);

  [[nodiscard]] std::size_t variants() const noexcept { return variants_; }
  [[nodiscard]] std::size_t first_replicate() const noexcept { return first_replicate_; }

 private:
  /// A variable (replicate, [variant,] [authority,] time, rung).
  struct Variable {
    std::string path;
    hdf5::Extents shape;  ///< of one replicate
    hdf5::Handle dataset;
  };
  /// The baseline or a variant: what of it was not written yet.
  struct Member {
    std::array<std::vector<std::uint32_t>, ladder_count> waiting;  ///< a block each
    std::size_t count = 0;                                         ///< replicates waiting
    std::size_t written = 0;
  };

  [[nodiscard]] Variable create(netcdf::Writer& file, const Model& model, const Ladder& ladder,
                                bool of_variants) const;
  void record(std::size_t member, const TileResult& tile);
  void collect(Member& member, const TileResult& tile, std::size_t r) const;
  void write(std::size_t member);
  /// Lets all variables hold `replicates` replicates and labels the new ones.
  void resize(std::size_t replicates);

  std::size_t authorities_, steps_, variants_;
  std::size_t tile_rungs_;  ///< rungs in a row of TileResult::at_or_above
  std::array<std::size_t, ladder_count> rungs_;
  std::size_t block_ = 1;  ///< replicates written at once
  std::size_t first_replicate_ = 0;
  std::size_t size_ = 0;  ///< replicates that there is room for
  hdf5::Handle labels_;
  std::vector<Variable> variables_;  ///< by ladder: baseline, variants
  std::vector<Member> members_;      ///< baseline, variants
};

}  // namespace entente::detail
