#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "entente/io/scenario.hpp"
#include "entente/io/variant.hpp"
#include "lab/server/answer.hpp"
#include "lab/server/requests.hpp"
#include "lab/server/session.hpp"

namespace entente::lab {

/// A scenario as it stands in its files.
struct Baseline {
  std::string name;
  std::filesystem::path path;  ///< of its folder or file
  Scenario scenario;
  Json world;  ///< World, with knobs
};

/// The scenarios that the page may name: those that come with the program, and one that the program
/// was started with. Reads a scenario once, and again when one of its files has changed. Safe from
/// several threads.
class ScenarioStore {
 public:
  /// @param own  scenario that the program was started with; empty: none
  ScenarioStore(Session& session, const std::filesystem::path& own);

  /// `ScenarioEntry[]`; scenarios that cannot be read are left out.
  [[nodiscard]] Json entries();

  /// @throws Refused     404 no such scenario
  /// @throws InputError  what is wrong with it
  [[nodiscard]] std::shared_ptr<const Baseline> baseline(const std::string& name);

  /// The YAML of a variant that a scenario comes with.
  ///
  /// @throws Refused  404 no such scenario or variant
  [[nodiscard]] std::string variant_yaml(const std::string& scenario, const std::string& name);

  /// Lays a variant of the page over a scenario. It can read the scenario's files and no others.
  ///
  /// @throws Refused  400 with all problems
  [[nodiscard]] VariedScenario vary(const Baseline& baseline, const VariantText& variant);

 private:
  struct Known {
    std::shared_ptr<const Baseline> baseline;
    std::vector<std::string> stamps;  ///< of its files when they were read
  };

  [[nodiscard]] const std::filesystem::path& path_of(const std::string& name) const;
  [[nodiscard]] ReadRules rules() const;

  Session& session_;
  std::map<std::string, std::filesystem::path> paths_;
  std::vector<std::filesystem::path> roots_;
  std::mutex mutex_;
  std::map<std::string, Known> known_;
};

/// Problems as the page shows them beside a text.
///
/// @param file  of the text; problems in other files name theirs and have no line
[[nodiscard]] std::vector<TextProblem> problems_of(const InputError& error,
                                                   const std::filesystem::path& file);

}  // namespace entente::lab
