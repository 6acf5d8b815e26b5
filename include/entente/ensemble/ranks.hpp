#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace entente {

/// The processes that carry out a sweep together: one, or those that `mpirun` or `srun` started.
///
/// Every process calls the same functions in the same order: broadcast() as often as it likes, then
/// begin(), next() until there is nothing left, finish(); and again for another round. A process
/// that cannot go on calls finish(false), or destroys its object without finish(), at any point:
/// no other waits for what will not come. A process that dies ends the others too, where the
/// launcher sees to it (`mpirun` does; `srun` does with --kill-on-bad-exit).
class Ranks {
 public:
  Ranks() = default;
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;
  /// Leaves the others, for whom rounds fail from then on, and waits until all have left.
  virtual ~Ranks() = default;

  /// Place of this process, from 0 on; the first one has the say where one is enough.
  [[nodiscard]] virtual std::size_t rank() const noexcept = 0;
  /// Number of processes, at least 1.
  [[nodiscard]] virtual std::size_t size() const noexcept = 0;

  /// Gives every process the text of the first; what the others pass is dropped.
  ///
  /// @throws Error  of a process that is not the first: the first one gave up
  [[nodiscard]] virtual std::string broadcast(std::string of_first) = 0;

  /// Begins to hand out 0 ... count - 1. The count of the first process holds.
  virtual void begin(std::uint64_t count) = 0;

  /// The next number, which no other process gets or got; nothing when all are handed out or a
  /// process gave up. Numbers ascend in the order of asking, whoever asks. Called from one thread
  /// at a time, from any thread; it waits until the first process has called begin().
  [[nodiscard]] virtual std::optional<std::uint64_t> next() = 0;

  /// Says that this process is done, or with false that it gave up, after which no more numbers are
  /// handed out; waits until all processes have said so.
  ///
  /// @return  whether none gave up; the same to every process
  [[nodiscard]] virtual bool finish(bool ok) = 0;

  /// Ends all processes at once, with this exit status.
  [[noreturn]] virtual void abort(int exit_code) = 0;
};

/// The processes that this one was started with: alone, unless `mpirun` or `srun` started several.
/// Once in the life of a process. Several need the module `libentente_mpi.so`, which is looked for
/// beside the program, then where it is installed, then where the system looks for libraries.
///
/// @throws FileError  several processes were started, but the module cannot be loaded, or MPI does
///                    not join them: each would do all the work
[[nodiscard]] std::unique_ptr<Ranks> open_ranks();

}  // namespace entente
