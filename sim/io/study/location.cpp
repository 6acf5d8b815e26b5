#include "io/study/location.hpp"

#include <fmt/format.h>

#include <system_error>
#include <vector>

#include "entente/core/error.hpp"
#include "entente/io/study.hpp"
#include "io/scenario/merge.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/yaml.hpp"

namespace entente::detail {

namespace fs = std::filesystem;

StudyLocation locate_study(const fs::path& path) {
  Sources sources;
  Problems problems(sources);
  const auto file = sources.open(path, max_yaml_bytes, false);
  const auto root = parse_yaml(sources, file, problems);
  if (!root.is_mapping() && problems.empty())
    problems.add({file, 0, 0}, "", "found no mapping; allowed: a mapping");
  problems.throw_if_any();
  (void)check_version(root, problems);
  StudyLocation study{sources[file].shown, sources[file].folder, sources[file].text, {}};
  const auto named = Place{&root, "", {}}.find("scenario");
  if (named && named->is_scalar())
    study.scenario = (study.folder / named.text()).lexically_normal();
  else if (const auto above = scenario_above(path, "studies"))
    study.scenario = *above;
  else
    problems.add(root.mark, "",
                 "found no key 'scenario'; allowed: it is required but in the folder 'studies' of "
                 "a scenario");
  std::error_code ignored;
  if (named && !fs::exists(scenario_file(study.scenario), ignored))
    problems.add(named,
                 fmt::format("{}: found no such file", scenario_file(study.scenario).string()));
  problems.throw_if_any();
  return study;
}

}  // namespace entente::detail

namespace entente {

namespace fs = std::filesystem;

std::vector<fs::path> studies_of(const fs::path& scenario) {
  return detail::yaml_files(detail::scenario_file(scenario).parent_path() / "studies");
}

bool is_study(const fs::path& file) {
  std::error_code error;
  if (file.extension() != ".yaml" || !fs::is_regular_file(file, error)) return false;
  const auto folder = fs::absolute(file, error).lexically_normal().parent_path();
  if (folder.filename() == "studies") return true;
  detail::Sources sources;
  detail::Problems problems(sources);
  try {
    const auto root =
        detail::parse_yaml(sources, sources.open(file, detail::max_yaml_bytes, false), problems);
    return root.is_mapping() && root.position("design") < root.keys.size();
  } catch (const FileError&) {
    return false;
  }
}

}  // namespace entente
