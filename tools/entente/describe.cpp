#include "describe.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.hpp"
#include "entente/model/parameters.hpp"
#include "entente/terms/registry.hpp"
#include "io/scenario/suggest.hpp"
#include "table.hpp"
#include "usage_error.hpp"

namespace entente::cli {
namespace {

constexpr const char* footer =
    R"(Names are those of `entente list terms` and `entente list parameters`.

Examples:
  entente describe rights
      formula, expected sign, source and coefficients of a term
  entente describe security_weight
      unit, range and default of a parameter, and which terms read it
)";

std::string entry(std::string_view label, std::string_view text) {
  constexpr std::size_t indent = 2;
  return fmt::format("\n{}\n{}", label, wrapped(text.empty() ? "none" : text, indent));
}

std::string field_table(const TermInfo& term) {
  Table table({{"field"},
               {"default", Align::right},
               {"unit"},
               {"from", Align::right},
               {"to", Align::right},
               {"meaning"}});
  for (const auto& field : term.fields) {
    table.add({std::string(field.name), fmt::format("{}", field.fallback), std::string(field.unit),
               fmt::format("{}", field.min), fmt::format("{}", field.max),
               std::string(field.meaning)});
  }
  return table.empty() ? "  none\n" : table.text(2);
}

std::string reads_text(const TermInfo& term) {
  std::string text;
  for (const auto driver : members(term.reads)) {
    text += (text.empty() ? "" : ", ") + std::string(to_string(driver));
  }
  return text;
}

std::string term_text(const TermInfo& term) {
  return fmt::format("Term {} ({}): {}\n", term.key, term.number, term.title) +
         entry("Contribution to the utility of a rung", term.formula) +
         entry("Expected sign", term.sign) + entry("Ladders", ladder_names(term.ladders)) +
         entry("Reads", reads_text(term)) +
         fmt::format("\nFields, set as terms.{}.<field>\n", term.key) + field_table(term) +
         entry("Source", term.source);
}

/// Terms whose reads include a driver of the parameter's name.
std::string readers(std::string_view parameter) {
  std::string text;
  for (const auto& term : builtin_terms().terms) {
    for (const auto driver : members(term.reads)) {
      if (to_string(driver) == parameter) {
        text += (text.empty() ? "" : ", ") + std::string(term.key);
      }
    }
  }
  return text;
}

std::string parameter_text(const ParamInfo& parameter) {
  std::string text = fmt::format("Parameter {}\n", parameter.key) +
                     entry("Meaning", parameter.meaning) +
                     entry("One number per", shape_text(parameter.shape)) +
                     entry("Unit, range and default",
                           fmt::format("[{}], {} to {}, default {}", parameter.unit, parameter.min,
                                       parameter.max, parameter.fallback));
  if (const auto terms = readers(parameter.key); !terms.empty()) {
    text += entry("Read directly by the terms", terms);
  }
  return text;
}

int describe(const std::string& name) {
  std::string text;
  std::vector<std::string> names;
  for (const auto& term : builtin_terms().terms) {
    names.emplace_back(term.key);
    if (term.key == name) text += term_text(term);
  }
  for (const auto& parameter : parameter_infos()) {
    names.emplace_back(parameter.key);
    if (parameter.key == name) text += (text.empty() ? "" : "\n\n") + parameter_text(parameter);
  }
  if (text.empty()) {
    throw UsageError(
        detail::unknown_name(name, names, "the names of `entente list terms` and `parameters`"));
  }
  fmt::print("{}", text);
  return static_cast<int>(ExitCode::ok);
}

}  // namespace

std::string shape_text(Shape shape) {
  switch (shape) {
    case Shape::actor:
      return "actor";
    case Shape::authority_actor:
      return "authority and actor";
    case Shape::group_actor:
      return "group and actor";
    case Shape::sector_actor:
      return "sector and actor";
    case Shape::covariate_actor:
      return "covariate and actor";
    case Shape::authority_sector:
      return "authority and sector";
    case Shape::authority:
      return "authority";
    case Shape::authority_group:
      return "authority and group";
    case Shape::group:
      break;
  }
  return "group";
}

std::string ladder_names(LadderSet ladders) {
  std::string text;
  for (const auto role : all_ladders) {
    if (ladders.contains(role)) text += (text.empty() ? "" : ", ") + std::string(to_string(role));
  }
  return text;
}

void add_describe(CLI::App& program, Action& action) {
  auto name = std::make_shared<std::string>();
  auto* sub = program.add_subcommand("describe", "Explain a term or a parameter of the model");
  sub->add_option("NAME", *name, "A term or a parameter")->required()->type_name("");
  sub->footer(footer);
  sub->callback([name, &action] { action = [name] { return describe(*name); }; });
}

}  // namespace entente::cli
