#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <map>
#include <memory>
#include <utility>

#include "checks.hpp"
#include "commands.hpp"
#include "describe.hpp"
#include "entente/core/error.hpp"
#include "entente/ensemble/measures_table.hpp"
#include "entente/model/parameters.hpp"
#include "entente/terms/registry.hpp"
#include "io/scenario/ladder_defaults.hpp"
#include "json.hpp"
#include "scenarios.hpp"
#include "table.hpp"

namespace entente::cli {
namespace {

constexpr const char* footer = R"(KIND is one of
  terms       mechanisms that a scenario can switch on, with the number in docs/model.md
  parameters  numbers per actor, group, sector or authority
  profiles    what each rung of a ladder carries; terms and covariates name one
  ladders     default ladders with their rungs, lowest first
  measures    what a study can measure in every replicate
  outcomes    variables of a result file, with the level of --record that keeps them
  scenarios   scenarios that come with the program

Examples:
  entente list scenarios
      what there is to run
  entente list terms --json
      the mechanisms, for a script
)";

/// Rows of text under keys; the last column is what a newcomer reads.
struct Listing {
  std::vector<std::string> keys;
  std::vector<std::vector<std::string>> rows;
};

Listing list_terms() {
  Listing out{{"name", "number", "ladders", "title"}, {}};
  for (const auto& term : builtin_terms().terms) {
    out.rows.push_back({std::string(term.key), std::string(term.number), ladder_names(term.ladders),
                        std::string(term.title)});
  }
  return out;
}

Listing list_parameters() {
  Listing out{{"name", "per", "unit", "range", "default", "meaning"}, {}};
  for (const auto& parameter : parameter_infos()) {
    out.rows.push_back({std::string(parameter.key), shape_text(parameter.shape),
                        std::string(parameter.unit),
                        fmt::format("{} to {}", parameter.min, parameter.max),
                        fmt::format("{}", parameter.fallback), std::string(parameter.meaning)});
  }
  return out;
}

Listing list_profiles() {
  constexpr std::array<std::string_view, profile_count> meanings{
      "utility of the rung by itself",
      "share of the security cooperation that the rung brings",
      "share of the economic gain that the rung brings",
      "visibility to audiences and powers that object",
      "how far the rung is a statement towards the world",
      "height of the rung, 0 to 1",
      "square of the height",
      "1 from the first rung that recognises",
      "1 for the rung above the present one",
      "1 for the rung below the present one"};
  Listing out{{"name", "meaning"}, {}};
  for (std::size_t p = 0; p < profile_count; ++p) {
    out.rows.push_back({std::string(to_string(static_cast<Profile>(p))), std::string(meanings[p])});
  }
  return out;
}

Listing list_ladders() {
  Listing out{{"name", "of", "rungs"}, {}};
  const auto add = [&](const std::string& key, const char* owner,
                       const std::vector<std::string>& rungs) {
    std::string text;
    for (const auto& rung : rungs) text += (text.empty() ? "" : ", ") + rung;
    out.rows.push_back({key, owner, std::move(text)});
  };
  for (const auto role : all_ladders) {
    const Ladder ladder = detail::default_ladder(role);
    add(ladder.key, "actor", ladder.rungs);
  }
  const auto rights = detail::default_rights_ladder();
  const auto posture = detail::default_posture_ladder();
  add(rights.key, "authority", rights.rungs);
  add(posture.key, "authority, per group", posture.rungs);
  return out;
}

Listing list_measures() {
  Listing out{{"name", "unit", "fields", "meaning"}, {}};
  for (const auto& measure : measure_infos()) {
    std::string fields;
    for (const auto& field : measure.fields) {
      if (!fields.empty()) fields += ", ";
      fields += std::string(field.key) + (field.required ? "*" : "");
    }
    out.rows.push_back({std::string(measure.key), std::string(measure.unit), std::move(fields),
                        std::string(measure.meaning)});
  }
  return out;
}

Listing list_outcomes() {
  Listing out{{"name", "record", "meaning"}, {}};
  for (const auto role : all_ladders) {
    const std::string key(to_string(role));
    out.rows.push_back({key + "_probability", "summary",
                        "share of replicates with an actor on each " + key + " rung"});
    out.rows.push_back({key + "_count_mean", "summary",
                        "mean number of actors at or above each " + key + " rung"});
    out.rows.push_back(
        {key + "_count_quantile", "summary", "quantiles over replicates of that number"});
    out.rows.push_back({key, "rungs", key + " rung of each actor in each replicate"});
  }
  const std::vector<std::pair<std::string, std::string>> states{
      {"hardliner", "hardliners' share in the authority"},
      {"distress", "economic distress of the authority"},
      {"control", "the authority's hold on its territory"},
      {"rights_salience", "attention to the authority's rights record"},
      {"activity", "activity of each armed group"}};
  for (const auto& [key, meaning] : states) {
    out.rows.push_back({key + "_mean", "summary", meaning + ", mean over replicates"});
    out.rows.push_back({key + "_deviation", "summary", "its standard deviation"});
    out.rows.push_back({key, "rungs", meaning + ", in each replicate"});
  }
  const std::vector<std::pair<std::string, std::string>> decided{
      {"rights", "rung of the authority's rights policy"},
      {"posture", "rung of the authority's posture towards each group"},
      {"body_decision", "decision of each body"}};
  for (const auto& [key, meaning] : decided) {
    out.rows.push_back({key + "_probability", "summary", meaning + ", share of replicates"});
    out.rows.push_back({key, "rungs", meaning + ", in each replicate"});
  }
  out.rows.push_back({"drivers", "full", "what each decision was taken on"});
  out.rows.push_back({"contribution", "full", "what each term added to each option"});
  out.rows.push_back({"luck", "full", "uniform number of each decision"});
  out.rows.push_back({"opportunity", "full", "probability that the actor reconsiders"});
  return out;
}

Listing list_scenarios() {
  Listing out{{"name", "folder", "title"}, {}};
  for (const auto& folder : shipped_scenarios()) {
    std::string title;
    try {
      title = load_scenario(folder).model.title;
    } catch (const InputError& error) {
      title = fmt::format("({} problems; see entente validate)", error.problems().size());
    }
    out.rows.push_back({folder.filename().string(), folder.string(), std::move(title)});
  }
  return out;
}

std::string text_of(const Listing& listing) {
  std::vector<Column> columns;
  for (const auto& key : listing.keys) columns.push_back({key});
  Table table(std::move(columns));
  for (const auto& row : listing.rows) table.add(row);
  return table.text();
}

std::string json_of(const Listing& listing) {
  auto out = Json::array();
  for (const auto& row : listing.rows) {
    Json object;
    for (std::size_t c = 0; c < listing.keys.size(); ++c) object[listing.keys[c]] = row[c];
    out.push_back(std::move(object));
  }
  return json_text(out);
}

using Lister = Listing (*)();
const std::map<std::string, Lister>& listers() {
  static const std::map<std::string, Lister> table{
      {"terms", list_terms},        {"parameters", list_parameters}, {"profiles", list_profiles},
      {"measures", list_measures},  {"ladders", list_ladders},       {"outcomes", list_outcomes},
      {"scenarios", list_scenarios}};
  return table;
}

struct ListArguments {
  std::string kind;
  bool json = false;
};

}  // namespace

void add_list(CLI::App& program, Action& action) {
  auto arguments = std::make_shared<ListArguments>();
  auto* sub =
      program.add_subcommand("list", "Name what there is: terms, parameters, scenarios ...");
  std::vector<std::string> kinds;
  for (const auto& [kind, lister] : listers()) kinds.push_back(kind);
  sub->add_option("KIND", arguments->kind, "What to list")
      ->required()
      ->type_name("")
      ->check(one_of(std::move(kinds)));
  sub->add_flag("--json", arguments->json, "Print one JSON array instead (docs/json.md)");
  sub->footer(footer);
  sub->callback([arguments, &action] {
    action = [arguments] {
      const Listing listing = listers().at(arguments->kind)();
      fmt::print("{}", arguments->json ? json_of(listing) : text_of(listing));
      return static_cast<int>(ExitCode::ok);
    };
  });
}

}  // namespace entente::cli
