#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entente/io/variant.hpp"
#include "support/scenario_folder.hpp"

namespace entente::test {

/// A scenario in which everything that a variant may touch exists.
inline constexpr auto baseline_scenario = R"(entente: 1
title: Base
question: What happens?
time: {start: 2021-01, end: 2022-12}
terms: {baseline: {}, rights: {coefficient: 2}}
groups: {ttp: {}, isis_k: {}}
sectors: [mining, transit]
covariates: {faith: {value: 0, coefficient: 1}}
authorities: {KAB: {sanctions: 0.5, opposition: 0.4}}
actors:
  define:
    AAA: {region: North, orgs: CLUB}
    BBB: {region: Far South, orgs: CLUB}
    CCC: {region: North}
  initial: {engagement: contact}
bodies: {club: {members: {org: CLUB}, ladder: recognition, at_or_above: recognised, change: {add: standing, by: 0.3}}}
events:
  - {id: first, date: 2021-02, probability: 0.5, change: {add: salience, group: ttp, actors: [AAA], by: 1}}
  - {date: 2021-03, probability: 0.5, change: {add: sanctions, by: 0.2}}
  - {date: 2021-03, probability: 0.5, change: {add: sanctions, by: 0.1}}
run: {seed: 7, replicates: 16}
)";

/// The first lines of a variant's file.
inline std::string variant_text(std::string_view more) {
  return std::string("entente: 1\ntitle: Variant\nquestion: What if?\n").append(more);
}

/// The baseline and a variant of it, `variants/v.yaml`.
class VariantFolder {
 public:
  VariantFolder() : folder(baseline_scenario) {}
  explicit VariantFolder(std::string_view more) : VariantFolder() {
    folder.file("variants/v.yaml", variant_text(more));
  }

  [[nodiscard]] VariedScenario load(const std::vector<std::string>& overrides = {}) const {
    return load_variant(folder.path(), {folder.path() / "variants/v.yaml", {}, {}}, overrides);
  }
  [[nodiscard]] Model load_inline(const std::string& events,
                                  const std::vector<std::string>& settings = {}) const {
    return load_variant(folder.path(), {{}, {events}, settings}).scenario.model;
  }

  /// The model of a scenario that extends the baseline by `edits`.
  [[nodiscard]] Model extended(std::string_view edits) {
    folder.file("other/scenario.yaml", std::string("entente: 1\nextends: ..\n").append(edits));
    return load_scenario(folder.path() / "other").model;
  }

  /// Every problem of a variant, without the folder: of the file, or of an inline one.
  [[nodiscard]] std::vector<std::string> problems(const VariantSource& source) const {
    std::vector<std::string> list;
    try {
      (void)load_variant(folder.path(), source);
    } catch (const InputError& error) {
      for (auto problem : error.problems()) {
        const auto prefix = (folder.path() / "variants").string() + '/';
        if (problem.file.starts_with(prefix)) problem.file.erase(0, prefix.size());
        list.push_back(problem.text());
      }
    }
    return list;
  }
  [[nodiscard]] std::vector<std::string> problems() const {
    return problems({folder.path() / "variants/v.yaml", {}, {}});
  }
  [[nodiscard]] std::vector<std::string> inline_problems(const std::string& events) const {
    return problems({{}, {events}, {}});
  }

  ScenarioFolder folder;
};

}  // namespace entente::test
