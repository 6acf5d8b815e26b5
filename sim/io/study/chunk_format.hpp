#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "entente/io/chunk_store.hpp"

// The file of a chunk; all numbers little endian, hashes XXH3-128 in canonical form:
//
//   offset  bytes
//   0       8     "entchunk"
//   8       4     version of the format, uint32: 1
//   12      4     h = bytes of the header, uint32, a multiple of 8
//   16      8     index of the chunk, uint64
//   24      8     first row, uint64
//   32      8     rows, uint64
//   40      8     columns, uint64
//   48      8     m = bytes of the messages, uint64
//   56      16    hash of the study's identity
//   72      16    hash of the data
//   88            names of the columns, UTF-8, each ended by a line feed; then zeros
//   h - 16  16    hash of the header up to here
//   h             data: values (rows, columns), float64; status of each row, a byte: 0 = ok,
//                 1 = failed; of each failed row its message: bytes, uint32, and text (m in all)
//
// Nothing in it says who wrote it when, so that a chunk done twice has the same bytes. For readers
// of other programs it is described in docs/result-format.md, "Chunks of a study".

namespace entente::detail {

/// The bytes of a file.
///
/// @param identity_hash  16 bytes
/// @throws std::invalid_argument  the chunk is not one of the plan
[[nodiscard]] std::string encode_chunk(const Chunk& chunk, const ChunkPlan& plan,
                                       const std::string& identity_hash);

enum class ChunkState { absent, damaged, whole };

struct ChunkReading {
  ChunkState state = ChunkState::absent;
  std::string reason;  ///< why it is damaged
  Chunk chunk;         ///< where it is whole
};

/// Reads a chunk and checks all that can be checked.
///
/// @throws FileError  it cannot be read, though the disk is well
[[nodiscard]] ChunkReading read_chunk(const std::filesystem::path& path, const ChunkPlan& plan,
                                      std::uint64_t index, const std::string& identity_hash);

}  // namespace entente::detail
