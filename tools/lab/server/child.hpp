#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace entente::lab {

/// What another program may use.
struct ChildLimits {
  std::chrono::seconds time{60};                ///< until it is killed
  std::size_t memory = std::size_t{4} << 30;    ///< address space [byte]
  std::size_t output = std::size_t{256} << 20;  ///< most that is read of it [byte]
};

/// How a program ended.
struct ChildEnd {
  bool whole = false;  ///< with status 0, within the limits
  std::string output;  ///< what it wrote to standard output
  std::string errors;  ///< the beginning of what it wrote to standard error
};

/// Runs a program to its end: what it does to its own memory, and whether it comes to an end, is no
/// danger to this one. Safe from several threads.
///
/// @param words  path of the program, then its arguments
/// @param stop   when true it is killed
/// @throws FileError  it cannot be started
[[nodiscard]] ChildEnd run_child(const std::vector<std::string>& words, const ChildLimits& limits,
                                 const std::atomic<bool>& stop);

/// The program that runs.
[[nodiscard]] std::string own_program();

}  // namespace entente::lab
