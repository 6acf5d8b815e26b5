#pragma once

#include <string>

#include "entente/core/error.hpp"

namespace entente::cli {

/// What was asked for on the command line makes no sense.
class UsageError : public Error {
 public:
  explicit UsageError(const std::string& message) : Error(ExitCode::usage, message) {}
};

}  // namespace entente::cli
