#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace entente {

/// How much of a run is kept.
enum class RecordLevel : std::uint8_t {
  summary = 0,  ///< counts over replicates per step, actor and rung
  rungs = 1,    ///< and every replicate's trajectory
  full = 2      ///< and the drivers and term contributions of every decision
};

/// Results of up to `lanes` consecutive replicates over all steps.
///
/// Shapes name indices slowest first: R replicates of this tile, T steps, N actors, K authorities,
/// G groups, B bodies, D = 3 ladders. Values are those at the end of a step, but for drivers and
/// contributions, which are those that the decisions of the step were taken on.
struct TileResult {
  std::size_t first_replicate = 0;
  std::size_t replicates = 0;

  std::vector<std::uint8_t> rungs;            ///< (K, D, R, T, N); empty at level summary
  std::vector<std::uint8_t> authority_rungs;  ///< (K, 1 + G, R, T)
  std::vector<float> authority_states;        ///< (K, 4, R, T), by AuthorityState
  std::vector<float> activity;                ///< (G, R, T)
  std::vector<std::uint8_t> bodies;           ///< (B, R, T)

  /// Number of replicates with actor i on rung r at step t: (K, D, T, N, max rungs of the model).
  std::vector<std::uint32_t> occupancy;
  /// Number of actors at or above rung r: (K, D, R, T, max rungs of the model).
  std::vector<std::uint32_t> at_or_above;

  // level full
  std::vector<float> drivers;  ///< (K, R, T, N, Simulation::driver_names())
  std::vector<float>
      contributions;               ///< (K, D, R, T, N, terms, 2): below and above, against staying
  std::vector<float> luck;         ///< (K, D, R, T, N): the uniform of the decision [1]
  std::vector<float> opportunity;  ///< (K, D, R, T, N): probability of reconsidering [1]
  /// Rung that the decision was taken on: that of the step before, unless an event or a body moved
  /// it in this step. (K, D, R, T, N)
  std::vector<std::uint8_t> decided_from;
};

/// Receives the results of an ensemble, tile after tile in the order of replicates.
class Recorder {
 public:
  virtual ~Recorder() = default;

  /// Called from one thread at a time, in ascending order of `first_replicate`.
  virtual void record(const TileResult& tile) = 0;

 protected:
  Recorder() = default;
  // For those who know what they copy; a copy of the base alone would lose what was recorded.
  Recorder(const Recorder&) = default;
  Recorder& operator=(const Recorder&) = default;
};

}  // namespace entente
