#include <map>
#include <stdexcept>
#include <string_view>

#include "entente/ensemble/paired.hpp"

namespace entente {
namespace {

/// The note says why, and changes nothing.
bool acts_alike(const Event& a, const Event& b) {
  if (a.note == b.note) return a == b;
  Event noted = b;
  noted.note = a.note;
  return a == noted;
}
bool acts_alike(const Body& a, const Body& b) { return a == b; }

/// Marks the rungs that those of `some` change which `others` lack.
template <class Cause>
void mark(const std::vector<Cause>& some, const std::vector<Cause>& others,
          std::vector<std::uint8_t>& forced) {
  std::map<std::string_view, const Cause*> by_id;
  for (const auto& other : others) by_id.emplace(other.id, &other);
  for (const auto& cause : some) {
    const auto other = by_id.find(cause.id);
    if (other != by_id.end() && acts_alike(cause, *other->second)) continue;
    for (const auto& change : cause.changes) {
      if (change.space != Space::rung) continue;
      for (const auto index : change.indices) forced.at(index) = 1;
    }
  }
}

}  // namespace

std::vector<std::uint8_t> forced_pairs(const Model& baseline, const Model& variant) {
  if (baseline.actors.size() != variant.actors.size() ||
      baseline.authorities.size() != variant.authorities.size()) {
    throw std::invalid_argument("forced_pairs: the models differ in actors or authorities");
  }
  std::vector<std::uint8_t> forced(baseline.authorities.size() * ladder_count *
                                   baseline.actors.size());
  for (std::size_t x = 0; x < forced.size(); ++x) {
    forced[x] = baseline.initial_rungs.at(x) != variant.initial_rungs.at(x) ? 1 : 0;
  }
  mark(baseline.events, variant.events, forced);
  mark(variant.events, baseline.events, forced);
  mark(baseline.bodies, variant.bodies, forced);
  mark(variant.bodies, baseline.bodies, forced);
  return forced;
}

}  // namespace entente
