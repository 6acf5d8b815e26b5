#pragma once

#include <atomic>
#include <filesystem>

namespace entente::cli {

/// While one exists, the first Ctrl-C (or SIGTERM) asks for an end and the second ends the program
/// at once. One at a time.
class Interrupt {
 public:
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  /// Gives the signals back their usual meaning.
  ~Interrupt();

  /// Names a file that has come to be and is to go when the program ends at once. Once.
  void remove_at_once(const std::filesystem::path& leftover);

  /// Becomes true with the first signal; see RunOptions::stop.
  [[nodiscard]] const std::atomic<bool>* flag() const noexcept;
  [[nodiscard]] bool requested() const noexcept { return flag()->load(); }
};

}  // namespace entente::cli
