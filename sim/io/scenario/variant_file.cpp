#include "io/scenario/variant_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "io/scenario/check.hpp"
#include "io/scenario/form.hpp"
#include "io/scenario/merge.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/world.hpp"
#include "io/scenario/yaml.hpp"

namespace entente::detail {

namespace {

const Spec* value_of(const Spec& spec, std::string_view name) {
  for (const auto& key : spec.keys)
    if (key.name == name) return key.value;
  return nullptr;
}

// Reports a key that is not in the form of variants; says so where scenarios have it. `common`:
// only keys that both have are allowed.
void refuse_key(std::string_view name, Mark mark, const std::string& path, const Spec& variant,
                const Spec& scenario, bool common, Problems& problems) {
  std::vector<std::string> names;
  for (const auto& key : variant.keys)
    if (!common || value_of(scenario, key.name) != nullptr) names.push_back(key.name);
  if (value_of(scenario, name) != nullptr)
    problems.add(mark, path,
                 fmt::format("found key '{}', which only the scenario may have; allowed: {}", name,
                             join(names)));
  else
    problems.add(mark, path, unknown_name(name, names, join(names), "unknown key"));
}

void remove_entry(YamlNode& node, std::size_t at) {
  const auto k = static_cast<std::ptrdiff_t>(at);
  node.keys.erase(node.keys.begin() + k);
  node.key_marks.erase(node.key_marks.begin() + k);
  node.children.erase(node.children.begin() + k);
}

// Takes out every key that scenarios have and variants have not, as deep as the forms differ.
void keep_allowed(YamlNode& node, const std::string& path, const Spec& variant,
                  const Spec* scenario, Problems& problems) {
  if (&variant == scenario || scenario == nullptr || !node.is_mapping()) return;
  for (std::size_t k = 0; k < node.keys.size();) {
    const auto* value = value_of(variant, node.keys[k]);
    if (value == nullptr) {
      refuse_key(node.keys[k], node.key_marks[k], path, variant, *scenario, false, problems);
      remove_entry(node, k);
      continue;
    }
    keep_allowed(node.children[k], join_path(path, node.keys[k]), *value,
                 value_of(*scenario, node.keys[k]), problems);
    ++k;
  }
}

std::vector<Setting> read_settings(const Place& set, Problems& problems) {
  std::vector<Setting> settings;
  if (!set || !set->is_mapping()) return settings;
  for (std::size_t k = 0; k < set->keys.size(); ++k) {
    auto parts = split_path(set->keys[k]);
    if (!parts) {
      problems.add(set->key_marks[k], set.path,
                   fmt::format("found {}; allowed: a path such as terms.rights.coefficient",
                               quote(set->keys[k])));
      continue;
    }
    Setting setting{std::move(*parts), set->children[k], set->key_marks[k]};
    if (check_variant_path(setting, problems)) settings.push_back(std::move(setting));
  }
  return settings;
}

// Checks and takes out what a variant says of itself and no scenario says; title and question stay.
void read_about(YamlNode& root, VariantFile& variant, Problems& problems) {
  const auto& form = variant_form();
  for (const auto& key : form.keys) {
    const auto at = root.position(key.name);
    const bool own = value_of(scenario_form(), key.name) == nullptr;
    if (at == root.keys.size()) {
      if (key.required)
        problems.add(root.mark, "",
                     fmt::format("found no key '{}'; allowed: it is required", key.name));
    } else if (own || key.name == "title" || key.name == "question") {
      check_form(root.children[at], key.name, *key.value, problems);
    }
  }
  const Place place{&root, "", {}};
  auto& about = variant.about;
  about.title = text_or(place.find("title"), "");
  about.question = text_or(place.find("question"), "");
  about.reasoning = text_or(place.find("reasoning"), "");
  about.look_at = text_or(place.find("look_at"), "");
  for (const auto& source : place.find("sources").one_or_list())
    if (source->is_scalar()) about.sources.push_back(source.text());
  variant.settings = read_settings(place.find("set"), problems);
  for (const auto& key : form.keys)
    if (value_of(scenario_form(), key.name) == nullptr)
      if (const auto at = root.position(key.name); at < root.keys.size()) remove_entry(root, at);
}

}  // namespace

VariantFile read_variant_file(const std::filesystem::path& path, Sources& sources,
                              Problems& problems) {
  VariantFile variant;
  const auto file = sources.open(path, max_yaml_bytes, false);
  variant.mark = {file, 0, 0};
  variant.about.name = path.stem().string();
  variant.about.text = sources[file].text;
  const auto before = problems.size();
  auto root = parse_yaml(sources, file, problems);
  variant.edits.kind = YamlNode::Kind::mapping;
  variant.edits.mark = variant.mark;
  if (!root.is_mapping()) {
    if (problems.size() == before)
      problems.add(variant.mark, "", "found no mapping; allowed: a mapping");
    return variant;
  }
  if (!check_version(root, problems)) return variant;
  keep_allowed(root, "", variant_form(), &scenario_form(), problems);
  read_about(root, variant, problems);
  variant.edits = std::move(root);
  return variant;
}

bool check_variant_path(const Setting& setting, Problems& problems) {
  const auto* variant = &variant_form();
  const auto* scenario = &scenario_form();
  std::string path;
  for (const auto& part : setting.parts) {
    if (variant == scenario) return true;
    const auto* inner = value_of(*variant, part);
    const auto* of_scenario = value_of(*scenario, part);
    if (inner == nullptr || of_scenario == nullptr) {
      refuse_key(part, setting.mark, path, *variant, *scenario, true, problems);
      return false;
    }
    path = join_path(path, part);
    variant = inner;
    scenario = of_scenario;
  }
  // A mapping that was put in the place of one with other keys could bring them in.
  if (variant == scenario || setting.value.kind == YamlNode::Kind::null) return true;
  YamlNode value = setting.value;
  const auto before = problems.size();
  keep_allowed(value, path, *variant, scenario, problems);
  return problems.size() == before;
}

}  // namespace entente::detail
