#include "io/scenario/names.hpp"

#include "io/scenario/suggest.hpp"

namespace entente::detail {

bool Names::add(const std::string& name) {
  if (!index_.emplace(name, static_cast<std::uint32_t>(list_.size())).second) return false;
  list_.push_back(name);
  return true;
}

std::optional<std::uint32_t> Names::find(const Place& place, Problems& problems) const {
  return find(place.text(), place->mark, place.path, problems);
}

std::optional<std::uint32_t> Names::find(const std::string& name, Mark mark,
                                         const std::string& path, Problems& problems) const {
  const auto known = index_.find(name);
  if (known != index_.end()) return known->second;
  if (complete_) problems.add(mark, path, unknown_name(name, list_, what_));
  return std::nullopt;
}

std::optional<Rung> Names::rung(const Place& place, Problems& problems) const {
  const auto number = find(place, problems);
  if (!number) return std::nullopt;
  return static_cast<Rung>(*number);
}

}  // namespace entente::detail
