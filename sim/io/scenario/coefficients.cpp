#include "io/scenario/coefficients.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entente/core/error.hpp"
#include "io/scenario/check.hpp"
#include "io/scenario/form.hpp"
#include "io/scenario/merge.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/yaml.hpp"

namespace entente::detail {

namespace {

bool is_off(const Place& term) {
  const auto on = term.find("on");
  return on && on->is_scalar() && parse_boolean(on.text()) == false;
}

// Reports names of a section that the scenario lacks, or has switched off.
void check_names(const YamlNode& scenario, YamlNode& file, const char* section,
                 Problems& problems) {
  const auto at = file.position(section);
  const auto there = Place{&scenario, "", {}}.find(section);
  if (at == file.keys.size() ||
      (there && !there->is_mapping() && there->kind != YamlNode::Kind::null))
    return;
  std::vector<std::string> names;
  for (std::size_t k = 0; there && k < there->keys.size(); ++k)
    if (!is_off(there.entry(k))) names.push_back(there->keys[k]);
  auto& values = file.children[at];
  for (std::size_t k = 0; k < values.keys.size(); ++k) {
    const auto& name = values.keys[k];
    if (values.children[k].bad || std::find(names.begin(), names.end(), name) != names.end())
      continue;
    const auto what = names.empty() ? fmt::format("{} of the scenario", section) : join(names);
    problems.add(values.key_marks[k], section, unknown_name(name, names, what));
    values.children[k].bad = true;
  }
}

void check_covariance(const Place& covariance, Problems& problems) {
  const auto names = covariance.find("names");
  const auto matrix = covariance.find("matrix");
  if (!names || !matrix || covariance->tainted) return;
  const auto count = names->children.size();
  if (matrix->children.size() != count)
    problems.add(matrix, fmt::format("found {} rows; allowed: {}, one per name",
                                     matrix->children.size(), count));
  for (std::size_t row = 0; row < matrix->children.size(); ++row)
    if (const auto size = matrix->children[row].children.size(); size != count)
      problems.add(matrix.item(row),
                   fmt::format("found {} numbers; allowed: {}, one per name", size, count));
}

// Lays mappings over each other key by key. A value of the scenario that should be a mapping and is
// none stays: the check of its form reports it.
void lay(YamlNode& under, const YamlNode& values) {
  for (std::size_t k = 0; k < values.keys.size(); ++k) {
    const auto& value = values.children[k];
    if (value.bad || value.kind == YamlNode::Kind::null) continue;
    const auto at = under.position(values.keys[k]);
    if (at == under.keys.size()) {
      YamlNode empty;
      empty.mark = value.mark;
      under.insert(values.keys[k], values.key_marks[k], std::move(empty));
    }
    auto& there = under.children[at];
    if (!value.is_mapping()) {
      there = value;
      under.key_marks[at] = values.key_marks[k];
    } else if (there.is_mapping() || there.kind == YamlNode::Kind::null) {
      there.kind = YamlNode::Kind::mapping;
      lay(there, value);
    }
  }
}

}  // namespace

void lay_coefficients(YamlNode& scenario, const YamlNode& name, Sources& sources,
                      Problems& problems) {
  std::uint32_t file = 0;
  try {
    file = sources.open(sources[name.mark.file].folder / name.text, max_yaml_bytes, false);
  } catch (const FileError& error) {
    problems.add(name.mark, "coefficients", error.what());
    return;
  }
  auto root = parse_yaml(sources, file, problems);
  if (!root.is_mapping()) {
    if (root.kind != YamlNode::Kind::null)
      problems.add(root.mark, "", "found no mapping; allowed: a mapping");
    return;
  }
  if (!check_version(root, problems)) return;
  check_form(root, "", coefficients_form(), problems);
  for (const auto* section : {"terms", "covariates"})
    check_names(scenario, root, section, problems);
  check_covariance(Place{&root, "", {}}.find("covariance"), problems);
  YamlNode values;
  values.kind = YamlNode::Kind::mapping;
  for (const auto* section : {"terms", "covariates", "ladders"})
    if (const auto at = root.position(section); at < root.keys.size())
      values.insert(section, root.key_marks[at], std::move(root.children[at]));
  lay(scenario, values);
}

}  // namespace entente::detail
