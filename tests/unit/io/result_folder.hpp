#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>  // mkdtemp is POSIX

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "entente/engine/simulation.hpp"
#include "entente/io/result_file.hpp"
#include "entente/terms/registry.hpp"
#include "support/tiny_world.hpp"

namespace entente::test {

/// Tests that write files, each in a folder of its own that goes with it.
class ResultFolder : public testing::Test {
 protected:
  ResultFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "entente-result-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    folder_ = name;
  }
  ~ResultFolder() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_ / name; }

  /// A scenario around a model, with something in every field.
  static Scenario scenario_of(Model model) {
    Scenario scenario;
    scenario.model = std::move(model);
    scenario.question = "Who moves first, and why?";
    scenario.replicates = 12;
    scenario.files = {{"scenario.yaml", "entente: 1\ntitle: Tiny world\n"},
                      {"countries.csv", "iso3,name\nALF,Alfa \xC3\xA9t\xC3\xA9\n"},
                      {"empty.csv", ""}};
    scenario.overrides = {"terms.rights.coefficient=2", "run.seed=7"};
    scenario.replacements = {{"gdp", "mean", {"ALF", "CHA"}}, {"trade", "0.4", {}}};
    scenario.history.observations = {{1, 0, LadderRole::engagement, 3, 4, false},
                                     {4, 0, LadderRole::coercion, 7, 1, true}};
    scenario.history.others.resize(scenario.model.authorities.size() * ladder_count);
    scenario.history.others.back() = Rung{1};
    scenario.history.censored = {{2, 0, LadderRole::recognition, 5},
                                 {std::nullopt, 0, LadderRole::coercion, 9}};
    return scenario;
  }

  /// Runs a scenario into a file.
  static void run_into(const std::filesystem::path& file, const Scenario& scenario,
                       const RunOptions& options, bool force = false) {
    const Simulation simulation(scenario.model, builtin_terms());
    ResultWriter writer(file, scenario, simulation, options.record, force);
    simulation.run(options, writer);
    writer.finish();
  }
  static RunOptions options(std::size_t replicates, RecordLevel level = RecordLevel::rungs) {
    RunOptions run;
    run.replicates = replicates;
    run.record = level;
    return run;
  }

  static std::string bytes(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_), {}));
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace entente::test
