#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace entente::cli {

/// One line on standard error that is rewritten in place: how much is done, how fast, how long it
/// will take. Silent where standard error is no terminal.
class Progress {
 public:
  /// @param what  what is counted, such as `replicates`
  Progress(std::string_view what, std::size_t total, bool wanted);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Wipes the line.
  ~Progress();

  /// @param failed  of those done, which could not be computed
  void update(std::size_t done, std::size_t failed = 0);

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  std::size_t total_;
  bool visible_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_ = start_;
};

/// `8 s`, `3:05 min`, `2:00 h`.
[[nodiscard]] std::string duration_text(double seconds);

}  // namespace entente::cli
