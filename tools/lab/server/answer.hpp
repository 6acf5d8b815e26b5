#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "entente/core/error.hpp"
#include "json.hpp"

namespace entente::lab {

using cli::Json;

/// What is sent back, of JSON or another type.
struct Answer {
  int status = 200;
  std::string body;
  std::string type = "application/json";
};

/// A mistake in a text of the page (contract.ts, Problem).
struct TextProblem {
  std::size_t line = 0;
  std::size_t column = 0;
  std::string message;
};

/// A request that cannot be met, in words for the user.
class Refused : public std::runtime_error {
 public:
  Refused(int status, const std::string& message, std::vector<TextProblem> problems = {})
      : std::runtime_error(message), status_(status), problems_(std::move(problems)) {}
  [[nodiscard]] int status() const noexcept { return status_; }
  [[nodiscard]] const std::vector<TextProblem>& problems() const noexcept { return problems_; }

 private:
  int status_;
  std::vector<TextProblem> problems_;
};

[[nodiscard]] Json problems_json(const std::vector<TextProblem>& problems);

/// Bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string compact(const Json& json);

[[nodiscard]] Answer json_answer(const Json& json, int status = 200);
[[nodiscard]] Answer error_answer(int status, const std::string& message,
                                  const std::vector<TextProblem>& problems = {});

/// The answer that the exception in flight asks for; call it while one is handled.
[[nodiscard]] Answer answer_of_exception();

}  // namespace entente::lab
