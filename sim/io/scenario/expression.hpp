#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/scenario/candidates.hpp"
#include "io/scenario/problems.hpp"

namespace entente::detail {

/// Where an expression takes a number from: a cell per candidate i (and j, over pairs).
struct Input {
  std::string name;  ///< as written; what `missing` is keyed by; empty for calls
  std::function<Cell(std::uint32_t i, std::uint32_t j)> cell;
  const Column* column = nullptr;  ///< of candidates: what means are taken over; nullptr = none
  bool second = false;             ///< over pairs: belongs to j
};

/// What an expression may name.
class Scope {
 public:
  Scope() = default;
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  virtual ~Scope() = default;

  [[nodiscard]] virtual std::optional<Input> name(const std::string& name) const = 0;
  /// All that `name` knows, for suggestions.
  [[nodiscard]] virtual std::vector<std::string> names() const = 0;
  /// Functions of words, such as member('EU'); `error` says what is wrong with the words.
  [[nodiscard]] virtual std::optional<Input> call(const std::string& function,
                                                  const std::vector<std::string>& words,
                                                  std::string& error) const = 0;
  [[nodiscard]] virtual std::vector<std::string> functions() const = 0;
  /// False where names may be missing because a table could not be read: unknown ones are then not
  /// reported again.
  [[nodiscard]] virtual bool complete() const = 0;
};

/// A formula over the inputs of a scope. Elementary functions are those of core/math, so that
/// results do not depend on the machine's library.
class Expression {
 public:
  /// Compiles a scalar; what is wrong is reported at its place in the file.
  static std::optional<Expression> compile(const Place& place, const Scope& scope,
                                           Problems& problems);
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  [[nodiscard]] const std::vector<Input>& inputs() const;
  /// Value for one number per input; not finite where a division by zero or the like occurred.
  [[nodiscard]] double evaluate(std::span<const double> values) const;

 private:
  struct Impl;
  explicit Expression(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente::detail
