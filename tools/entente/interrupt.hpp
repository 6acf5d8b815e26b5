#pragma once

#include <atomic>
#include <filesystem>

namespace entente::cli {

/// While one exists, the first Ctrl-C (or SIGTERM) asks for an end and the second ends the program
/// at once. One at a time.
class Interrupt {
 public:
  /// @param leftover  file to remove when the program ends at once; empty = none
  explicit Interrupt(const std::filesystem::path& leftover = {});
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  /// Gives the signals back their usual meaning.
  ~Interrupt();

  /// Becomes true with the first signal; see RunOptions::stop.
  [[nodiscard]] const std::atomic<bool>* flag() const noexcept;
  [[nodiscard]] bool requested() const noexcept { return flag()->load(); }
};

}  // namespace entente::cli
