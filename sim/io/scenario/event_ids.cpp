#include "io/scenario/event_ids.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "io/fields.hpp"
#include "io/scenario/targets.hpp"

namespace entente::detail {

namespace {

std::string scalar_of(const YamlNode& node, std::string_view key) {
  const auto at = node.position(key);
  return at < node.keys.size() && node.children[at].is_scalar() ? node.children[at].text : "";
}

std::string first_change(const YamlNode& event) {
  const auto at = event.position("change");
  if (at == event.keys.size()) return {};
  const auto* change = &event.children[at];
  if (change->is_sequence() && !change->children.empty()) change = &change->children.front();
  for (const auto op : all_ops)
    if (const auto target = scalar_of(*change, to_string(op)); !target.empty())
      return ' ' + std::string(to_string(op)) + ' ' + target;
  return {};
}

}  // namespace

std::vector<std::string> event_ids(const std::vector<YamlNode>& events) {
  std::vector<std::string> ids;
  std::unordered_set<std::string> taken;
  for (const auto& event : events) {
    ids.push_back(scalar_of(event, "id"));
    if (!ids.back().empty()) taken.insert(ids.back());
  }
  std::unordered_map<std::string, std::size_t> uses;
  for (std::size_t k = 0; k < events.size(); ++k) {
    if (!ids[k].empty()) continue;
    const auto base = scalar_of(events[k], "date") + first_change(events[k]);
    do {
      const auto use = ++uses[base];
      ids[k] = use == 1 ? base : base + " #" + std::to_string(use);
    } while (!taken.insert(ids[k]).second);
  }
  return ids;
}

}  // namespace entente::detail
