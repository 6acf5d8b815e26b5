#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entente/core/error.hpp"
#include "entente/io/study.hpp"
#include "variant_folder.hpp"

namespace entente::test {

/// A scenario with a variant, and studies of it: `studies/s.yaml`.
class StudyFolder {
 public:
  StudyFolder() : folder(baseline_scenario) {
    folder.file("variants/v.yaml", variant_text("authorities: {KAB: {sanctions: 0.25}}\n"));
  }
  explicit StudyFolder(std::string_view more) : StudyFolder() { write(more); }

  /// Writes the study: its first four lines, then `more`.
  void write(std::string_view more) {
    folder.file("studies/s.yaml",
                std::string("entente: 1\ntitle: Study\nquestion: Why?\n").append(more));
  }
  [[nodiscard]] std::filesystem::path file() const { return folder.path() / "studies/s.yaml"; }
  [[nodiscard]] Study load(const StudyChanges& changes = {}) const {
    return load_study(file(), changes);
  }
  /// Every problem as `line:column: path: message`; of other files with their name.
  [[nodiscard]] std::vector<std::string> problems(const StudyChanges& changes = {}) const {
    std::vector<std::string> list;
    try {
      (void)load(changes);
    } catch (const InputError& error) {
      for (auto problem : error.problems()) {
        const auto prefix = folder.path().string() + '/';
        if (problem.file.starts_with(prefix)) problem.file.erase(0, prefix.size());
        if (problem.file == "studies/s.yaml") problem.file.clear();
        list.push_back(problem.text());
      }
    }
    return list;
  }

  ScenarioFolder folder;
};

/// What a study needs beside what a test is about.
inline constexpr auto study_design = "design: {random: {points: 4}}\n";
inline constexpr auto study_measures =
    "measures: {r: {count: {ladder: recognition, rung: recognised}}}\n";
inline constexpr auto study_parameters =
    "parameters: [{path: terms.rights.coefficient, uniform: [0, 2]}]\n";

}  // namespace entente::test
