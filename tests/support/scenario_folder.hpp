#pragma once

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "entente/core/error.hpp"
#include "entente/io/scenario.hpp"

namespace entente::test {

/// A folder that lives as long as the object, to put scenario files in.
class ScenarioFolder {
 public:
  ScenarioFolder() {
    std::random_device any;  // names only; nothing that a test checks depends on it
    path_ = std::filesystem::temp_directory_path() /
            ("entente_test_" + std::to_string(any()) + '_' + std::to_string(any()));
    std::filesystem::create_directories(path_);
  }
  explicit ScenarioFolder(std::string_view scenario) : ScenarioFolder() {
    file("scenario.yaml", scenario);
  }
  ScenarioFolder(const ScenarioFolder&) = delete;
  ScenarioFolder& operator=(const ScenarioFolder&) = delete;
  ~ScenarioFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  ScenarioFolder& file(const std::filesystem::path& name, std::string_view text) {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream out(path_ / name, std::ios::binary);
    out << text;
    return *this;
  }

  [[nodiscard]] Scenario load(const std::vector<std::string>& overrides = {}) const {
    return load_scenario(path_, overrides);
  }

  /// Every problem as `line:column: path: message` with the folder left out; empty where there is
  /// none.
  [[nodiscard]] std::vector<std::string> problems(
      const std::vector<std::string>& overrides = {}) const {
    std::vector<std::string> list;
    try {
      (void)load(overrides);
    } catch (const InputError& error) {
      for (auto problem : error.problems()) {
        const auto prefix = path_.string() + '/';
        if (problem.file.starts_with(prefix)) problem.file.erase(0, prefix.size());
        if (problem.file == "scenario.yaml") problem.file.clear();
        list.push_back(problem.text());
      }
    }
    return list;
  }

 private:
  std::filesystem::path path_;
};

/// The smallest scenario that can be read, of actors AAA, BBB and CCC and the authority KAB, with
/// more sections behind it.
inline std::string small_scenario(std::string_view more = "") {
  return std::string(R"(entente: 1
title: Small
time: {start: 2021-01, end: 2021-12}
authorities: {KAB: {}}
actors: {define: {AAA: {region: North, orgs: CLUB}, BBB: {region: South}, CCC: {}}}
)")
      .append(more);
}

}  // namespace entente::test
