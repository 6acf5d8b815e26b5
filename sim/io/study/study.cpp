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
#include "io/study/knob_plan.hpp"

namespace entente {

namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is their front
namespace fs = std::filesystem;

/// A study's file as far as it goes without its scenario.
struct StudyFileText {
  std::string shown;
  fs::path folder;
  std::string text;
  fs::path scenario;
};

// The scenario in whose folder `studies` a file stands, as the caller writes it.
std::optional<fs::path> scenario_above(const fs::path& file) {
  std::error_code error;
  const auto whole = fs::absolute(file, error).lexically_normal().parent_path();
  if (error || whole.filename() != "studies") return std::nullopt;
  if (!fs::is_regular_file(whole.parent_path() / "scenario.yaml", error)) return std::nullopt;
  const auto own = file.lexically_normal().parent_path();
  if (own.empty()) return fs::path("..");
  return own.parent_path().empty() ? fs::path(".") : own.parent_path();
}

// A first look, since files are named as the scenario's folder sees them: which one it is.
StudyFileText look_at(const fs::path& path) {
  Sources sources;
  Problems problems(sources);
  const auto file = sources.open(path, max_yaml_bytes, false);
  const auto root = parse_yaml(sources, file, problems);
  if (!root.is_mapping() && problems.empty())
    problems.add({file, 0, 0}, "", "found no mapping; allowed: a mapping");
  problems.throw_if_any();
  (void)check_version(root, problems);
  StudyFileText study{sources[file].shown, sources[file].folder, sources[file].text, {}};
  const auto named = Place{&root, "", {}}.find("scenario");
  if (named && named->is_scalar())
    study.scenario = (study.folder / named.text()).lexically_normal();
  else if (const auto above = scenario_above(path))
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

void place_at(YamlNode& node, Mark mark) {
  node.mark = mark;
  for (auto& key_mark : node.key_marks) key_mark = mark;
  for (auto& child : node.children) place_at(child, mark);
}

/// Reads a study and its scenario together, so that all problems are reported at once.
class StudyReader {
 public:
  StudyReader(const fs::path& file, const StudyChanges& changes)
      : path_(file), changes_(changes), text_(look_at(file)), problems_(sources_) {}

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
    read_study_design(study);
    read_study_measures(study);
    auto analysis = problems_.empty() ? read_study_analysis(study) : StudyAnalysis{};
    if (study.space && study.base_is_fine) try_values(study);
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

  // Reads the scenario with all parameters at their probes, so that paths that there are not and
  // values that are not allowed are known before the first point, with their place.
  void try_values(const StudyContext& study) {
    const KnobPlan plan(study.parameters, *study.space, study.world.model);
    std::size_t most = 0;
    for (const auto& knob : plan.knobs()) most = std::max(most, knob.probes.size());
    for (std::size_t n = 0; n < most; ++n) {
      auto tried = tree_;
      for (std::size_t k = 0; k < plan.knobs().size(); ++k) {
        const auto& knob = plan.knobs()[k];
        const auto& value = knob.probes[std::min(n, knob.probes.size() - 1)];
        auto setting =
            parse_setting(knob.path + '=' + text_of(value), text_.shown, sources_, problems_);
        if (!setting) continue;
        setting->mark = study.marks[plan.parameter(k)];
        place_at(setting->value, setting->mark);
        apply_override(tried, std::move(*setting), sources_, problems_);
      }
      check_form(tried, "", scenario_form(), problems_);
      World world(tried, sources_, problems_);
      resolve(world);
    }
    for (const auto& variant : study.variants) try_variant(variant);
  }

  void try_variant(const VariantSource& variant) {
    if (variant.file.empty()) return;
    try {
      for (auto& file : load_variant(text_.scenario, variant, overrides_).scenario.files)
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
                 warnings(*study.design, *study.space)};
  }

  // The study's own, those of the scenario, then what else took part.
  std::vector<SourceFile> files() {
    const auto scenario = sources_[0].folder.lexically_normal();
    auto name = fs::path(text_.shown).lexically_relative(scenario);
    std::vector<SourceFile> list{{name.empty() ? text_.shown : name.generic_string(), text_.text}};
    for (auto& file : source_files(sources_)) list.push_back(std::move(file));
    for (auto& file : variant_files_) list.push_back(std::move(file));
    return list;
  }

  fs::path path_;
  StudyChanges changes_;
  StudyFileText text_;
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

std::vector<fs::path> studies_of(const fs::path& scenario) {
  return yaml_files(scenario_file(scenario).parent_path() / "studies");
}

}  // namespace entente
