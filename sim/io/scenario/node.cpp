#include "io/scenario/node.hpp"

#include <algorithm>
#include <utility>

namespace entente::detail {

std::size_t YamlNode::position(std::string_view key) const {
  return static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
}

const YamlNode* YamlNode::find(std::string_view key) const {
  const auto at = position(key);
  return at < keys.size() && !children[at].bad ? &children[at] : nullptr;
}

YamlNode& YamlNode::insert(std::string key, Mark key_mark, YamlNode value) {
  kind = Kind::mapping;
  keys.push_back(std::move(key));
  key_marks.push_back(key_mark);
  return children.emplace_back(std::move(value));
}

Place Place::find(std::string_view name) const {
  if (node == nullptr || !node->is_mapping()) return {};
  const auto* child = node->find(name);
  if (child == nullptr) return {};
  return {child, join_path(path, name),
          node->keys[static_cast<std::size_t>(child - node->children.data())]};
}

Place Place::item(std::size_t index) const {
  return {&node->children[index], path + '[' + std::to_string(index) + ']', {}};
}

Place Place::entry(std::size_t position) const {
  return {&node->children[position], join_path(path, node->keys[position]), node->keys[position]};
}

std::vector<Place> Place::one_or_list() const {
  std::vector<Place> places;
  if (node == nullptr) return places;
  if (!node->is_sequence()) return {*this};
  for (std::size_t k = 0; k < node->children.size(); ++k)
    if (!node->children[k].bad) places.push_back(item(k));
  return places;
}

std::vector<Place> Place::entries() const {
  std::vector<Place> places;
  if (node == nullptr || !node->is_mapping()) return places;
  for (std::size_t k = 0; k < node->children.size(); ++k)
    if (!node->children[k].bad) places.push_back(entry(k));
  return places;
}

std::string join_path(std::string_view parent, std::string_view key) {
  std::string path(parent);
  if (!path.empty()) path += '.';
  // A hostile key has megabytes, and each of a million nodes below it a path.
  constexpr std::size_t longest = 64;
  if (key.size() <= longest) return path.append(key);
  auto end = longest;
  while (end > 0 && (static_cast<unsigned char>(key[end]) & 0xC0U) == 0x80U) --end;
  return path.append(key.substr(0, end)).append("...");
}

}  // namespace entente::detail
