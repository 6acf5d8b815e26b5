#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include "entente/core/version.hpp"
#include "entente/ensemble/measures_table.hpp"
#include "entente/io/coefficients.hpp"
#include "entente/io/study.hpp"

namespace entente {

namespace {

std::string hash_of(const std::vector<double>& numbers) {
  return hash_text(fmt::format("{}", fmt::join(numbers, ",")));
}

template <class Member>
std::string text_of_member(const Member& member) {
  if constexpr (std::is_enum_v<Member>)
    return std::to_string(static_cast<unsigned>(member));
  else if constexpr (std::is_arithmetic_v<Member>)
    return fmt::format("{}", member);
  else if constexpr (std::is_same_v<Member, std::optional<std::uint32_t>>)
    return member ? std::to_string(*member) : "none";
  else
    return fmt::format("[{}]", fmt::join(member, ","));
}

std::string text_of_measure(const Measure& measure) {
  auto kind = measure.kind;
  std::string fields;
  visit_fields(
      [&](const MeasureField& field, auto& member) {
        fields += fmt::format(" {}={}", field.key, text_of_member(member));
      },
      kind);
  return fmt::format("measure {}: {}{}", measure.name, measure_info(kind).key, fields);
}

std::string text_of_parameter(const Study& study, std::size_t p) {
  const auto& parameter = study.parameters[p];
  auto text = fmt::format("parameter {}: {}", parameter.name, text_of(study.space, p));
  for (const auto& choice : parameter.choices) text += " | " + text_of(choice);
  if (!parameter.paths.empty()) text += fmt::format("; {}", fmt::join(parameter.paths, ", "));
  return text + (parameter.is_gap ? " (distance)" : "");
}

}  // namespace

std::string study_identity(const Study& study) {
  std::vector<std::string> lines{fmt::format("entente {}, commit {}", version(), git_hash())};
  // The study's own file is told line by line: what it says of itself decides nothing.
  const auto& aside = study.files_aside;
  for (std::size_t f = 1; f < study.files.size(); ++f) {
    const auto& [name, text] = study.files[f];
    if (std::find(aside.begin(), aside.end(), name) == aside.end())
      lines.push_back(fmt::format("file {}: {}", name, hash_text(text)));
  }
  for (const auto& setting : study.overrides) lines.push_back("set " + setting);
  for (const auto& variant : study.variants)
    lines.push_back("variant " +
                    (variant.file.empty() ? std::string("none") : variant.file.stem().string()));
  for (std::size_t p = 0; p < study.parameters.size(); ++p)
    lines.push_back(text_of_parameter(study, p));
  for (const auto& block : study.space.blocks())
    lines.push_back(
        fmt::format("covariance: {} {}", hash_of(block.mean), hash_of(block.covariance)));
  lines.push_back("design " + text_of(study.design.kind()));
  if (const auto* list = std::get_if<ListDesign>(&study.design.kind()))
    lines.push_back("points: " + hash_of(list->values));
  for (const auto& measure : study.measures) lines.push_back(text_of_measure(measure));
  lines.push_back(fmt::format("first_replicate: {}", study.first_replicate));
  lines.push_back(fmt::format("replicates: {}", study.replicates));
  lines.push_back(fmt::format("seed: {}", study.base.model.seed));
  return fmt::format("{}\n", fmt::join(lines, "\n"));
}

}  // namespace entente
