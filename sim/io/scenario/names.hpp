#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "entente/model/ladder.hpp"
#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"

namespace entente::detail {

/// The names of one kind of thing (groups, sectors, rungs of a ladder) and their numbers.
class Names {
 public:
  Names() = default;
  /// @param what  `groups of the scenario`: said instead of a long list of names
  explicit Names(std::string what) : what_(std::move(what)) {}

  /// False where the name is there already.
  bool add(const std::string& name);
  /// Says that names may be missing for no fault of those who use them: a section that holds them
  /// could not be read. Unknown names are then left out without a report.
  void distrust() { complete_ = false; }

  [[nodiscard]] const std::vector<std::string>& list() const { return list_; }
  [[nodiscard]] std::size_t size() const { return list_.size(); }
  /// Number of the name in `place`; reports an unknown one.
  [[nodiscard]] std::optional<std::uint32_t> find(const Place& place, Problems& problems) const;
  /// The same of a key of a mapping, which stands in `mark`.
  [[nodiscard]] std::optional<std::uint32_t> find(const std::string& name, Mark mark,
                                                  const std::string& path,
                                                  Problems& problems) const;
  /// Rung of that name.
  [[nodiscard]] std::optional<Rung> rung(const Place& place, Problems& problems) const;

 private:
  std::string what_;
  std::vector<std::string> list_;
  std::unordered_map<std::string, std::uint32_t> index_;
  bool complete_ = true;
};

}  // namespace entente::detail
