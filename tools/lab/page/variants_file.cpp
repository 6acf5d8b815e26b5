#include "lab/page/variants_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "entente/core/error.hpp"
#include "io/result/event_text.hpp"
#include "io/scenario/limits.hpp"

namespace entente::lab {
namespace {

/// The model as far as words for events of a variant need it: a variant may have covariates more,
/// of which the file keeps no names.
Model wide(const Model& model) {
  Model out = model;
  while (out.covariates.size() < detail::max_covariates) {
    CovariateChoice& covariate = out.covariates.emplace_back();
    covariate.key = "covariate_" + std::to_string(out.covariates.size());
    covariate.ladders = {LadderRole::engagement};
  }
  out.parameters = ParameterTable(out.extents());
  out.series.clear();
  out.events.clear();
  out.bodies.clear();
  return out;
}

/// For a shell, in quotes where it needs them.
std::string quoted(const std::string& text) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:";
  if (!text.empty() && text.find_first_not_of(plain) == std::string::npos) return text;
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

/// As `entente whatif` takes a variant: the name of a file, or its events and settings.
std::string argument_of(const Variant& variant) {
  if (!variant.title.empty() && variant.title != variant.name) return quoted(variant.name);
  return (variant.name.find(' ') == std::string::npos ? "--change " : "--event ") +
         quoted(variant.name);
}

}  // namespace

std::vector<Variant> variants_in(const ResultTables& file) {
  const auto names = file.texts("variant");
  std::vector<Variant> out(names.size());
  const auto put = [&](const char* variable, const auto& set) {
    const auto texts = file.texts(std::string("variant_") + variable);
    for (std::size_t v = 0; v < std::min(texts.size(), out.size()); ++v) set(out[v], texts[v]);
  };
  for (std::size_t v = 0; v < names.size(); ++v) out[v].name = names[v];
  put("title", [](Variant& v, const std::string& text) { v.title = text; });
  put("question", [](Variant& v, const std::string& text) { v.question = text; });
  put("reasoning", [](Variant& v, const std::string& text) { v.reasoning = text; });
  put("look_at", [](Variant& v, const std::string& text) { v.look_at = text; });
  put("text", [](Variant& v, const std::string& text) { v.text = text; });
  put("sources", [](Variant& v, const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      v.sources.push_back(text.substr(at, end - at));
      at = end + 1;
    }
  });
  return out;
}

std::vector<Json> variant_events(const Model& model, const ResultTables& file,
                                 std::size_t variants) {
  const auto fail = [&](const std::string& why) {
    throw FileError(fmt::format("{}: the events are damaged: {}", file.path().string(), why));
  };
  const auto texts = file.texts("inputs/variants/event_definition");
  std::vector<double> numbers;
  if (!texts.empty()) numbers = file.numbers("inputs/variants/event_variant", texts.size());
  std::vector<Model> worlds(variants, wide(model));
  for (std::size_t e = 0; e < texts.size(); ++e) {
    const bool exists = numbers[e] >= 0.0 && numbers[e] < static_cast<double>(variants);
    if (!exists) fail(fmt::format("found variant {}", numbers[e]));
    const auto v = static_cast<std::size_t>(numbers[e]);
    try {
      worlds[v].events.push_back(detail::event_from_text(texts[e], worlds[v].parameters));
    } catch (const std::invalid_argument& failure) {
      fail(failure.what());
    }
  }
  std::vector<Json> out;
  for (const auto& world : worlds) {
    if (const auto problems = violations(world); !problems.empty()) fail(problems.front());
    out.push_back(events_json(world));
  }
  return out;
}

std::string command_for(const Scenario& scenario, const std::vector<Variant>& variants,
                        const ResultExtent& extent, const std::string& name) {
  if (variants.empty()) return fmt::format("entente run {} -o again.h5", quoted(name));
  std::string text = "entente whatif SCENARIO";
  for (const auto& variant : variants) text += " " + argument_of(variant);
  for (const auto& setting : scenario.overrides) text += " --set " + quoted(setting);
  text += fmt::format(" --replicates {} --seed {}", extent.replicates, scenario.model.seed);
  if (extent.first_replicate > 0)
    text += fmt::format(" --first-replicate {}", extent.first_replicate);
  return text + " -o " + quoted(name);
}

}  // namespace entente::lab
