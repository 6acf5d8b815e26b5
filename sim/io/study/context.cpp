#include "io/study/context.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/scenario/overrides.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"

namespace entente::detail {

Place only_kind(const Place& place, std::span<const std::string> kinds, std::string_view what,
                Problems& problems) {
  std::vector<std::string> found;
  for (const auto& key : place->keys)
    if (std::find(kinds.begin(), kinds.end(), key) != kinds.end()) found.push_back(key);
  if (found.size() == 1) return place.find(found.front());
  // An unknown key has been reported, and is probably what was meant.
  const bool mistyped = std::any_of(place->children.begin(), place->children.end(),
                                    [](const YamlNode& child) { return child.bad; });
  if (found.empty() && mistyped) return {};
  problems.add(place, fmt::format("found {} {}; allowed: one of {}",
                                  found.empty() ? "no" : join(found) + ", more than one", what,
                                  join(kinds)));
  return {};
}

void report_findings(const std::vector<std::string>& findings, const Place& place,
                     Problems& problems) {
  for (const auto& finding : findings) {
    const auto cut = finding.find(": found ");
    const auto field = cut == std::string::npos ? std::string() : finding.substr(0, cut);
    const auto message = cut == std::string::npos ? finding : finding.substr(cut + 2);
    auto mark = place->mark;
    Place at = place;
    for (const auto& part : split_path(field).value_or(std::vector<std::string>{})) {
      if (const auto index = parse_integer(part); index && at->is_sequence())
        at = *index < at->children.size() ? at.item(*index) : Place{};
      else
        at = at.find(part);
      if (!at) break;
      mark = at->mark;
    }
    problems.add(mark, join_path(place.path, field), message);
  }
}

std::optional<double> value_of_parameter(const StudyParameter& parameter, const std::string& text,
                                         Mark mark, const std::string& path, Problems& problems) {
  const auto number = parse_number(text);
  if (parameter.choices.empty()) {
    if (!number)
      problems.add(mark, path, fmt::format("found {}; allowed: a finite number", quote(text)));
    return number;
  }
  std::vector<std::string> names;
  for (std::size_t c = 0; c < parameter.choices.size(); ++c) {
    const auto* value = std::get_if<double>(&parameter.choices[c]);
    names.push_back(text_of(parameter.choices[c]));
    if (names.back() == text || (value != nullptr && number && *value == *number))
      return static_cast<double>(c);
  }
  problems.add(mark, path, unknown_name(text, names, "values of the choice"));
  return std::nullopt;
}

std::optional<std::size_t> find_parameter(const StudyContext& study, const std::string& name,
                                          Mark mark, const std::string& path) {
  std::vector<std::string> names;
  for (std::size_t p = 0; p < study.parameters.size(); ++p) {
    names.push_back(study.parameters[p].name);
    if (names.back() == name) return p;
  }
  if (study.complete)
    study.problems().add(mark, path, unknown_name(name, names, "parameters of the study"));
  return std::nullopt;
}

}  // namespace entente::detail
