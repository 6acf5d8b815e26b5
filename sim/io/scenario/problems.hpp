#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "entente/core/error.hpp"
#include "io/scenario/node.hpp"
#include "io/scenario/sources.hpp"

namespace entente::detail {

/// Collects everything that is wrong with a scenario, so that all of it is reported at once.
class Problems {
 public:
  explicit Problems(const Sources& sources) : sources_(sources) {}

  void add(Mark mark, const std::string& path, const std::string& message);
  void add(const Place& place, const std::string& message);
  /// At the `offset`-th character of a scalar where the file shows it as it is.
  void add_inside(const Place& place, std::size_t offset, const std::string& message);

  [[nodiscard]] bool empty() const { return problems_.empty(); }
  /// Number of problems reported so far, kept or not: larger after every `add`, so that equal ones
  /// around some reading mean that nothing was wrong.
  [[nodiscard]] std::size_t size() const { return reported_; }
  /// @throws InputError  there are problems; ordered by file, line and column
  void throw_if_any() const;

 private:
  // Nobody reads a thousand lines; a hostile file must not make millions of them.
  static constexpr std::size_t most = 1000;

  struct Entry {
    Mark mark;
    std::string path;
    std::string message;
    bool operator<(const Entry& other) const;
  };

  const Sources& sources_;
  std::set<Entry> problems_;
  std::size_t reported_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace entente::detail
