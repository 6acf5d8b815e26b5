#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace entente {

/// Exit status of the program, one per kind of failure.
enum class ExitCode : int {
  ok = 0,
  bug = 1,
  usage = 2,
  input = 3,      ///< a file that the user wrote is wrong; nothing was written
  numerical = 4,  ///< the model left the finite numbers
  file = 5,       ///< reading or writing failed
  interrupted = 130
};

/// Base of everything the library throws; carries the exit status of its kind.
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  [[nodiscard]] ExitCode exit_code() const noexcept { return code_; }

 private:
  ExitCode code_;
};

/// One place in an input file and what is wrong there.
struct Problem {
  std::string file;
  std::size_t line = 0;    ///< 1-based; 0 = the whole file
  std::size_t column = 0;  ///< 1-based; 0 = the whole line
  std::string path;        ///< such as `events[3].rung`; empty = the document
  std::string message;     ///< `found 'x'; allowed: y`

  /// `file:line:column: path: message`, parts that are missing left out.
  [[nodiscard]] std::string text() const;
};

/// What a user wrote is not valid. Holds every problem found, not the first.
class InputError : public Error {
 public:
  explicit InputError(std::vector<Problem> problems);
  [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// A value left the finite numbers; the message names step, actor and term.
class NumericalError : public Error {
 public:
  explicit NumericalError(const std::string& message) : Error(ExitCode::numerical, message) {}
};

/// A file could not be read or written.
class FileError : public Error {
 public:
  explicit FileError(const std::string& message) : Error(ExitCode::file, message) {}
};

}  // namespace entente
