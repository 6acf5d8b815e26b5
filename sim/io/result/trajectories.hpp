#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/engine/simulation.hpp"
#include "io/result/netcdf.hpp"

namespace entente::detail {

/// How a variable is taken out of a tile.
struct Gather {
  /// Copies one replicate of a tile, with its remaining indices in the order of the file.
  std::function<void(const TileResult& tile, std::size_t r, std::byte* out)> copy;
  /// Where replicate r and those behind it stand in that order already; empty where they do not.
  std::function<const std::byte*(const TileResult& tile, std::size_t r)> place;
};

/// Writes what is kept of each replicate, as tiles arrive.
///
/// Replicates are collected into blocks of a fixed number, which depends on the model and the level
/// only, and written a block at a time: the file does not show how the run was cut into tiles.
class Trajectories {
 public:
  /// Defines the variables of `level`; none at level summary.
  Trajectories(netcdf::Writer& file, const Simulation& simulation, RecordLevel level);

  void record(const TileResult& tile);
  /// Writes the replicates of a block that did not become full.
  void finish();

  [[nodiscard]] std::size_t replicates() const noexcept { return written_ + waiting_; }
  /// Replicates per block.
  [[nodiscard]] std::size_t block() const noexcept { return block_; }

 private:
  struct Variable {
    std::string path;
    std::vector<std::string> dimensions;  ///< after the replicate
    hdf5::Extents shape;                  ///< of one replicate
    hid_t file_type;
    hid_t memory_type;
    std::size_t element_size;
    netcdf::Meta meta;
    const std::vector<std::string>* flags;
    Gather gather;

    hdf5::Handle dataset = {};
    std::vector<std::byte> buffer = {};  ///< one block

    [[nodiscard]] std::size_t bytes() const { return hdf5::product(shape) * element_size; }
  };

  class Catalogue;
  void create(netcdf::Writer& file);
  /// Puts replicate r of a tile into the buffers.
  void collect(const TileResult& tile, std::size_t r);
  /// Writes a whole block, as far as possible from where it stands.
  void pass(const TileResult& tile, std::size_t r);
  /// Writes `waiting_` replicates of every variable, from `values` or, where null, from its buffer.
  void write(const std::vector<const std::byte*>& values);

  std::size_t block_ = 1;
  std::size_t waiting_ = 0;  ///< replicates in the buffers
  std::size_t written_ = 0;
  std::vector<Variable> variables_;
  hdf5::Handle labels_;
  std::vector<std::uint32_t> numbers_;  ///< of the replicates in the buffers
};

}  // namespace entente::detail
