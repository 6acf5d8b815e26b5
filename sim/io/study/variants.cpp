#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

#include "io/scenario/suggest.hpp"
#include "io/study/context.hpp"

namespace entente::detail {

namespace {

namespace fs = std::filesystem;

VariantSource find_source(const StudyContext& study, const Place& name,
                          const std::vector<fs::path>& files) {
  if (name.text() == "none") return {};
  const fs::path path(name.text());
  if (path.has_parent_path() || path.extension() == ".yaml") {
    std::error_code ignored;
    const auto file = study.beside(name);
    if (!fs::is_regular_file(file, ignored))
      study.problems().add(name, fmt::format("{}: found no such file", file.string()));
    return {file, {}, {}};
  }
  std::vector<std::string> names{"none"};
  for (const auto& file : files) {
    if (file.stem() == path) return {file, {}, {}};
    names.push_back(file.stem().string());
  }
  study.problems().add(name, unknown_name(name.text(), names, "variants of the scenario"));
  return {};
}

}  // namespace

void read_study_variants(StudyContext& study, const fs::path& scenario) {
  const auto place = study.root.find("variants");
  if (!place) return;
  const auto files = variants_of(scenario);
  std::vector<VariantSource> sources;
  auto& names = study.variant_names;
  for (const auto& name : place.one_or_list()) {
    auto source = find_source(study, name, files);
    const auto shown = source.file.empty() ? name.text() : source.file.stem().string();
    if (std::find(names.begin(), names.end(), shown) != names.end())
      study.problems().add(name, fmt::format("found {} twice; allowed: once", quote(shown)));
    sources.push_back(std::move(source));
    names.push_back(shown);
  }
  if (!sources.empty()) study.variants = std::move(sources);
}

}  // namespace entente::detail
