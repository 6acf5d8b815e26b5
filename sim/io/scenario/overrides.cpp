#include "io/scenario/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "io/scenario/coefficients.hpp"
#include "io/scenario/event_ids.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/yaml.hpp"

namespace entente::detail {

namespace {

class Setter {
 public:
  Setter(Mark mark, Problems& problems) : mark_(mark), problems_(problems) {}

  void set(YamlNode& root, const std::vector<std::string>& parts, YamlNode value) {
    auto* node = &root;
    std::string path;
    for (const auto& part : parts) {
      node = step(*node, part, path);
      if (node == nullptr) return;
      path = join_path(path, part);
    }
    *node = std::move(value);
  }

 private:
  YamlNode* step(YamlNode& node, const std::string& part, const std::string& path) {
    if (node.is_sequence()) return element(node, part, path);
    if (node.kind != YamlNode::Kind::null && !node.is_mapping()) {
      problems_.add(mark_, join_path(path, part),
                    fmt::format("found {} under '{}'; allowed: a mapping or a list to set this in",
                                quote(node.text), path));
      return nullptr;
    }
    const auto at = node.position(part);
    if (at < node.keys.size()) return &node.children[at];
    YamlNode empty;
    empty.mark = mark_;
    return &node.insert(part, mark_, std::move(empty));
  }

  YamlNode* element(YamlNode& list, const std::string& part, const std::string& path) {
    if (const auto index = parse_integer(part)) {
      if (*index < list.children.size()) return &list.children[*index];
      problems_.add(
          mark_, path,
          fmt::format("found position {}; allowed: less than {}", *index, list.children.size()));
      return nullptr;
    }
    const auto ids = path == "events" ? event_ids(list.children) : std::vector<std::string>{};
    const auto known = std::find(ids.begin(), ids.end(), part);
    if (known != ids.end()) return &list.children[static_cast<std::size_t>(known - ids.begin())];
    problems_.add(mark_, path, unknown_name(part, ids, "a position or the id of an event"));
    return nullptr;
  }

  Mark mark_;
  Problems& problems_;
};

}  // namespace

std::optional<std::vector<std::string>> split_path(std::string_view path) {
  std::vector<std::string> parts{""};
  for (std::size_t k = 0; k < path.size(); ++k) {
    if (path[k] == '.' || path[k] == '[') {
      if (parts.back().empty()) return std::nullopt;
      parts.emplace_back();
    } else if (path[k] == ']') {
      if (k + 1 < path.size() && path[k + 1] != '.' && path[k + 1] != '[') return std::nullopt;
    } else {
      parts.back() += path[k];
    }
  }
  if (parts.back().empty() || parts.size() > max_yaml_depth) return std::nullopt;
  return parts;
}

void forget_places(YamlNode& node) {
  node.mark.line = node.mark.column = 0;
  for (auto& mark : node.key_marks) mark.line = mark.column = 0;
  for (auto& child : node.children) forget_places(child);
}

void place_at(YamlNode& node, Mark mark) {
  node.mark = mark;
  for (auto& key_mark : node.key_marks) key_mark = mark;
  for (auto& child : node.children) place_at(child, mark);
}

std::optional<Setting> parse_setting(const std::string& text, std::string shown, Sources& sources,
                                     Problems& problems) {
  const auto equals = text.find('=');
  const auto value = equals == std::string::npos ? "" : text.substr(equals + 1);
  const auto file = sources.add(std::move(shown), sources[0].folder, value);
  auto parts = equals == std::string::npos ? std::nullopt
                                           : split_path(std::string_view(text).substr(0, equals));
  if (!parts || parts->front() == "extends" || value.empty() || value.size() > max_yaml_bytes) {
    problems.add({file, 0, 0}, "",
                 fmt::format("found {}; allowed: path=value, such as terms.rights.coefficient=2",
                             quote(text)));
    return std::nullopt;
  }
  auto node = parse_yaml(sources, file, problems);
  forget_places(node);
  return Setting{std::move(*parts), std::move(node), {file, 0, 0}};
}

void apply_setting(YamlNode& root, Setting setting, Problems& problems) {
  Setter(setting.mark, problems).set(root, setting.parts, std::move(setting.value));
}

void apply_override(YamlNode& root, Setting setting, Sources& sources, Problems& problems) {
  const bool lays =
      setting.parts == std::vector<std::string>{"coefficients"} && setting.value.is_scalar();
  const auto coefficients = lays ? setting.value : YamlNode{};
  apply_setting(root, std::move(setting), problems);
  if (lays) lay_coefficients(root, coefficients, sources, problems);
}

void apply_overrides(YamlNode& root, const std::vector<std::string>& overrides, Sources& sources,
                     Problems& problems) {
  for (const auto& text : overrides)
    if (auto setting = parse_setting(text, not_a_file, sources, problems))
      apply_override(root, std::move(*setting), sources, problems);
}

}  // namespace entente::detail
