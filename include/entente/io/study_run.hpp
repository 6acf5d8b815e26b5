#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "entente/io/chunk_store.hpp"
#include "entente/io/study.hpp"

namespace entente {

/// How a study's rows are cut into chunks: of about a thousand replicates each, which is a fraction
/// of a second of work, and so what a stop may lose. It depends on the study alone.
[[nodiscard]] ChunkPlan chunk_plan(const Study& study);

/// Which chunk is next; nothing at the end. Called from one thread at a time, not always the same.
using ChunkSource = std::function<std::optional<std::uint64_t>()>;

/// How chunks are worked off. None of these changes a number.
struct StudyRunOptions {
  std::size_t threads = 0;  ///< 0 = all
  /// Gets the rows finished and those of them that failed so far, by this call.
  std::function<void(std::size_t rows, std::size_t failed)> progress;
  /// When true no further row is begun, and the chunk that is not whole is lost.
  const std::atomic<bool>* stop = nullptr;
};

/// Computes chunks and commits each as soon as it is whole.
///
/// @param store   of `chunk_plan(study)`
/// @param models  of the same study
/// @return  number of chunks committed
/// @throws FileError  a chunk cannot be written; those before are kept
std::uint64_t run_chunks(const Study& study, const StudyModels& models, const ChunkStore& store,
                         const ChunkSource& next, const StudyRunOptions& options = {});

}  // namespace entente
