#include "lab/server/scenario_store.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "entente/core/error.hpp"
#include "io/scenario/sources.hpp"
#include "lab/page/documents.hpp"
#include "lab/server/guards.hpp"
#include "scenarios.hpp"

namespace entente::lab {
namespace {

namespace fs = std::filesystem;

// Far more than 256 KiB of YAML without aliases can have.
constexpr std::size_t most_nodes = 300'000;
// Eight bytes each, of every world that is kept.
constexpr std::size_t most_addresses = 1'000'000;

// A name that the page may use, of a folder or file that may be called anything.
std::string plain_name(const fs::path& path) {
  const auto whole = fs::absolute(path).lexically_normal();
  fs::path own = whole.filename().empty() ? whole.parent_path().filename() : whole.stem();
  if (own == "scenario" && whole.has_extension()) own = whole.parent_path().filename();
  std::string name;
  for (const char c : own.string().substr(0, 40)) {
    const auto lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    name += is_plain_name(std::string(1, lower)) ? lower : '-';
  }
  return name.empty() ? "scenario" : name;
}

fs::path folder_of(const fs::path& scenario) {
  std::error_code ignored;
  return fs::is_directory(scenario, ignored) ? scenario : scenario.parent_path();
}

// Changes whenever the file does.
std::string stamp_of(const fs::path& file) {
  std::error_code ignored;
  const auto time = fs::last_write_time(file, ignored).time_since_epoch().count();
  return fmt::format("{} {}", time, fs::file_size(file, ignored));
}

std::vector<std::string> stamps_of(const fs::path& scenario, const Scenario& read) {
  std::vector<std::string> stamps;
  for (const auto& file : read.files) stamps.push_back(stamp_of(folder_of(scenario) / file.name));
  return stamps;
}

Json variant_entries(const fs::path& scenario) {
  Json list = Json::array();
  for (const auto& file : variants_of(scenario)) {
    try {
      const Variant variant = read_variant(file);
      if (!is_plain_name(variant.name)) continue;
      list.push_back(
          {{"name", variant.name}, {"title", variant.title}, {"question", variant.question}});
    } catch (const Error& error) {
      spdlog::warn("left out: {}", error.what());
    }
  }
  return list;
}

}  // namespace

ScenarioStore::ScenarioStore(Session& session, const fs::path& own)
    : session_(session), roots_(cli::scenario_roots()) {
  for (auto& folder : cli::shipped_scenarios()) {
    const auto name = folder.filename().string();
    if (is_plain_name(name)) paths_.emplace(name, std::move(folder));
  }
  if (own.empty()) return;
  paths_.insert_or_assign(plain_name(own), own);
  // Who starts the program with a scenario may have its tables anywhere.
  for (const auto& file : cli::read_scenario(own.string()).files)
    roots_.push_back((folder_of(own) / file.name).lexically_normal().parent_path());
  for (auto& root : roots_)
    if (root.empty()) root = ".";
}

const fs::path& ScenarioStore::path_of(const std::string& name) const {
  const auto known = paths_.find(name);
  if (known == paths_.end()) throw Refused(404, "found no scenario of that name");
  return known->second;
}

ReadRules ScenarioStore::rules() const {
  ReadRules rules{roots_, most_nodes, most_addresses};
  rules.folders.push_back(session_.folder());
  return rules;
}

std::shared_ptr<const Baseline> ScenarioStore::baseline(const std::string& name) {
  const auto& path = path_of(name);
  const std::lock_guard guard(mutex_);
  auto& known = known_[name];
  if (known.baseline && known.stamps == stamps_of(path, known.baseline->scenario))
    return known.baseline;
  Scenario scenario = load_scenario(path, {}, {}, keep_files(rules()));
  known.stamps = stamps_of(path, scenario);
  Json world = world_document(scenario, name, true);
  known.baseline =
      std::make_shared<const Baseline>(Baseline{name, path, std::move(scenario), std::move(world)});
  return known.baseline;
}

Json ScenarioStore::entries() {
  Json list = Json::array();
  for (const auto& [name, path] : paths_) {
    try {
      const auto known = baseline(name);
      list.push_back({{"name", name},
                      {"title", known->scenario.model.title},
                      {"question", known->scenario.question},
                      {"variants", variant_entries(path)}});
    } catch (const Error& error) {
      spdlog::warn("left out: {}", error.what());
    }
  }
  return list;
}

std::string ScenarioStore::variant_yaml(const std::string& scenario, const std::string& name) {
  for (const auto& file : variants_of(path_of(scenario))) {
    if (file.stem() != name) continue;
    try {
      return keep_files(rules())->of(file.string(), max_json_bytes);
    } catch (const FileError& error) {
      spdlog::warn("{}", error.what());
    }
  }
  throw Refused(404, "found no variant of that name");
}

VariedScenario ScenarioStore::vary(const Baseline& baseline, const VariantText& variant) {
  const Leftover folder(session_.fresh_path(""));
  fs::create_directory(folder.path());
  const auto file = folder.path() / (variant.name + ".yaml");
  std::ofstream(file, std::ios::binary) << variant.yaml;
  try {
    auto varied = load_variant(baseline.path, {file, {}, {}}, {}, keep_files(rules()));
    // Where the text stood for a moment is nothing that a result should tell.
    for (auto& source : varied.scenario.files) {
      const fs::path name(source.name);
      const auto parent = name.parent_path().filename();
      if (name.filename() == file.filename() && parent == folder.path().filename())
        source.name = file.filename().string();
    }
    return varied;
  } catch (const InputError& error) {
    throw Refused(400, "the variant cannot be laid over the scenario", problems_of(error, file));
  }
}

std::vector<TextProblem> problems_of(const InputError& error, const fs::path& file) {
  std::vector<TextProblem> list;
  for (auto problem : error.problems()) {
    const bool own = problem.file == file.lexically_normal().string();
    TextProblem shown;
    if (own) {
      shown.line = std::exchange(problem.line, 0);
      shown.column = std::exchange(problem.column, 0);
      problem.file.clear();
    }
    shown.message = problem.text();
    list.push_back(std::move(shown));
  }
  return list;
}

}  // namespace entente::lab
