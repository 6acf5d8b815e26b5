#include "entente/io/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include "entente/core/error.hpp"
#include "io/scenario/check.hpp"
#include "io/scenario/form.hpp"
#include "io/scenario/merge.hpp"
#include "io/scenario/overrides.hpp"
#include "io/scenario/resolve.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/yaml.hpp"
#include "io/study/context.hpp"
#include "io/study/flow_text.hpp"
#include "io/study/form.hpp"
#include "io/study/location.hpp"

namespace entente {

namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is their front
namespace fs = std::filesystem;

/// Reads a study and its scenario together, so that all problems are reported at once.
class StudyReader {
 public:
  StudyReader(const fs::path& file, const StudyChanges& changes)
      : path_(file),
        changes_(changes),
        text_(locate_study(file)),
        sources_(kept_),
        problems_(sources_) {}

  Study read() {
    tree_ = read_merged(scenario_file(text_.scenario), sources_, problems_);
    if (tree_.kind == YamlNode::Kind::null) problems_.throw_if_any();  // nothing to go on with
    const auto file = sources_.add(text_.shown, text_.folder, text_.text);
    root_ = parse_yaml(sources_, file, problems_);
    check_form(root_, "", study_form(), problems_);
    const auto in_study = problems_.size();
    apply_set();
    apply_overrides(tree_, changes_.overrides, sources_, problems_);
    overrides_.insert(overrides_.end(), changes_.overrides.begin(), changes_.overrides.end());
    auto checked = tree_;
    check_form(checked, "", scenario_form(), problems_);
    World world(checked, sources_, problems_);
    resolve(world);
    if (problems_.size() == in_study)
      for (const auto& message : violations(world.model)) problems_.add({}, "", message);
    base_files_ = source_files(sources_);
    StudyContext study(root_, tree_, world, problems_.size() == in_study);
    read_study_variants(study, text_.scenario);
    read_study_parameters(study);
    if (study.base_is_fine) write_baselines(study);
    read_study_design(study);
    read_study_measures(study);
    auto analysis = problems_.empty() ? read_study_analysis(study) : StudyAnalysis{};
    if (study.space && study.base_is_fine) {
      try_values(study);
      for (const auto& variant : study.variants) try_variant(variant);
    }
    throw_all();
    return finished(study, std::move(analysis));
  }

 private:
  // The study's `set`: as on the command line, but problems are said of the study's file.
  void apply_set() {
    const auto set = Place{&root_, "", {}}.find("set");
    if (!set || !set->is_mapping()) return;
    for (std::size_t k = 0; k < set->keys.size(); ++k) {
      if (set->children[k].bad) continue;
      const auto text = set->keys[k] + '=' + flow_text(set->children[k]);
      auto setting = parse_setting(text, text_.shown, sources_, problems_);
      if (!setting) continue;
      setting->mark = set->key_marks[k];
      place_at(setting->value, set->children[k].mark);
      apply_override(tree_, std::move(*setting), sources_, problems_);
      overrides_.push_back(text);
    }
  }

  // Distances move the entries of baselines: these have to stand in the scenario.
  void write_baselines(const StudyContext& study) {
    for (const auto role : all_ladders) {
      const auto key = std::string(to_string(role));
      const auto prefix = fmt::format("ladders.{}.baseline", key);
      const bool moved = std::any_of(
          study.parameters.begin(), study.parameters.end(), [&](const StudyParameter& parameter) {
            return parameter.is_gap && parameter.paths.front().starts_with(prefix);
          });
      const auto there = Place{&tree_, "", {}}.find("ladders").find(key).find("baseline");
      if (!moved || there) continue;
      const auto& baseline = study.world.model.ladders[index_of(role)].baseline;
      overrides_.push_back(fmt::format("{}=[{}]", prefix, fmt::join(baseline, ", ")));
      apply_overrides(tree_, {overrides_.back()}, sources_, problems_);
    }
  }

  void try_variant(const VariantSource& variant) {
    if (variant.file.empty()) return;
    try {
      for (auto& file : load_variant(text_.scenario, variant, overrides_, kept_).scenario.files)
        if (std::none_of(base_files_.begin(), base_files_.end(),
                         [&](const SourceFile& known) { return known.name == file.name; }))
          variant_files_.push_back(std::move(file));
    } catch (const InputError& error) {
      std::copy(error.problems().begin(), error.problems().end(), std::back_inserter(of_variants_));
    }
  }

  void throw_all() {
    if (of_variants_.empty()) return problems_.throw_if_any();
    auto all = of_variants_;
    try {
      problems_.throw_if_any();
    } catch (const InputError& error) {
      all.insert(all.begin(), error.problems().begin(), error.problems().end());
    }
    throw InputError(std::move(all));
  }

  Study finished(StudyContext& study, StudyAnalysis analysis) {
    auto base = finish(study.world, overrides_);
    base.files = base_files_;
    const auto text = [&](const char* key) { return text_or(study.root.find(key), ""); };
    const auto count = [&](const char* key, std::optional<std::size_t> changed,
                           std::size_t fallback) {
      const auto at = study.root.find(key);
      return changed.value_or(at ? parse_integer(at.text()).value_or(fallback) : fallback);
    };
    std::vector<std::string> sources;
    for (const auto& source : study.root.find("sources").one_or_list())
      sources.push_back(source.text());
    return Study{text("title"),
                 text("question"),
                 text("note"),
                 std::move(sources),
                 path_,
                 text_.scenario,
                 overrides_,
                 study.variants,
                 study.variants.size() > 1 ? std::optional<std::size_t>(0) : std::nullopt,
                 std::move(study.parameters),
                 *study.space,
                 *study.design,
                 std::move(study.measures),
                 count("first_replicate", changes_.first_replicate, 0),
                 count("replicates", changes_.replicates, 16),
                 std::move(analysis),
                 std::move(base),
                 files(),
                 files_aside(),
                 warnings(*study.design, *study.space),
                 kept_};
  }

  // As the scenario's folder sees it.
  [[nodiscard]] std::string name_of_file(const fs::path& path) const {
    const auto name = fs::absolute(path).lexically_normal().lexically_relative(
        fs::absolute(sources_[0].folder).lexically_normal());
    return name.empty() ? path.string() : name.generic_string();
  }

  // The study's own, those of the scenario, then what else took part.
  [[nodiscard]] std::vector<SourceFile> files() const {
    std::vector<SourceFile> list{{name_of_file(text_.shown), text_.text}};
    for (auto& file : source_files(sources_)) list.push_back(std::move(file));
    for (const auto& file : variant_files_) list.push_back(file);
    return list;
  }

  [[nodiscard]] std::vector<std::string> files_aside() const {
    const Place study{&root_, "", {}};
    std::vector<std::string> names;
    for (const auto& file :
         {Place{&tree_, "", {}}.find("observed"), study.find("design").find("list").find("file")})
      if (file && file->is_scalar())
        names.push_back(name_of_file(sources_[file->mark.file].folder / file.text()));
    return names;
  }

  fs::path path_;
  StudyChanges changes_;
  StudyLocation text_;
  KeptFiles kept_ = keep_files();
  Sources sources_;
  Problems problems_;
  YamlNode tree_, root_;
  std::vector<std::string> overrides_;
  std::vector<SourceFile> base_files_, variant_files_;
  std::vector<Problem> of_variants_;
};

}  // namespace

Study load_study(const fs::path& file, const StudyChanges& changes) {
  return StudyReader(file, changes).read();
}

}  // namespace entente
