#include "entente/io/variant.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "io/scenario/check.hpp"
#include "io/scenario/event_ids.hpp"
#include "io/scenario/form.hpp"
#include "io/scenario/inline_events.hpp"
#include "io/scenario/merge.hpp"
#include "io/scenario/overrides.hpp"
#include "io/scenario/resolve.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/variant_file.hpp"
#include "io/scenario/world.hpp"

namespace entente {

namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is their front
namespace fs = std::filesystem;

// Writes the ids that were made for events into them: the hash of an id addresses the event's draw,
// and an id such as `2024-03 add salience #2` would change with what a variant takes out.
void keep_event_ids(YamlNode& root) {
  const auto at = root.position("events");
  if (at == root.keys.size() || !root.children[at].is_sequence()) return;
  auto& events = root.children[at].children;
  const auto ids = event_ids(events);
  for (std::size_t e = 0; e < events.size(); ++e) {
    if (!events[e].is_mapping() || events[e].position("id") < events[e].keys.size()) continue;
    YamlNode id;
    id.kind = YamlNode::Kind::scalar;
    id.mark = events[e].mark;
    id.text = ids[e];
    events[e].insert("id", id.mark, std::move(id));
  }
}

/// Lays the parts of a variant over the tree of its scenario.
class Layer {
 public:
  Layer(YamlNode& tree, const World& baseline, Sources& sources, Problems& problems)
      : tree_(tree), baseline_(baseline), sources_(sources), problems_(problems) {}

  void lay_file(const fs::path& path) {
    auto file = read_variant_file(path, sources_, problems_);
    about_ = std::move(file.about);
    mark_ = file.mark;
    tree_ = merge(std::move(tree_), std::move(file.edits), problems_);
    for (auto& setting : file.settings) apply_setting(tree_, std::move(setting), problems_);
  }

  void lay_inline(const VariantSource& source) {
    std::vector<std::string> lines = source.events;
    lines.insert(lines.end(), source.settings.begin(), source.settings.end());
    if (lines.empty()) return;
    describe_inline(lines);
    YamlNode edits;
    edits.kind = YamlNode::Kind::mapping;
    YamlNode events;
    events.kind = YamlNode::Kind::sequence;
    for (const auto& text : source.events)
      for (auto& event : read_inline_events(text, baseline_, sources_, problems_))
        events.children.push_back(std::move(event));
    if (!events.children.empty()) edits.insert("events", {}, std::move(events));
    tree_ = merge(std::move(tree_), std::move(edits), problems_);
    for (const auto& text : source.settings) {
      auto setting = parse_setting(text, quote(text), sources_, problems_);
      if (setting && check_variant_path(*setting, problems_))
        apply_setting(tree_, std::move(*setting), problems_);
    }
  }

  [[nodiscard]] const Variant& about() const { return about_; }
  /// What problems of the variant as a whole are said of.
  [[nodiscard]] Mark mark() const { return mark_; }

 private:
  void describe_inline(const std::vector<std::string>& lines) {
    const bool alone = about_.name.empty();
    if (alone) {
      about_.name = about_.title = fmt::format("{}", fmt::join(lines, "; "));
      mark_ = {sources_.add(quote(about_.name), "", about_.name), 0, 0};
    }
    for (const auto& line : lines) about_.text += line + '\n';
  }

  YamlNode& tree_;
  const World& baseline_;
  Sources& sources_;
  Problems& problems_;
  Variant about_;
  Mark mark_;
};

}  // namespace

VariedScenario load_variant(const fs::path& scenario, const VariantSource& source,
                            const std::vector<std::string>& overrides, const KeptFiles& kept) {
  Sources sources(kept);
  Problems problems(sources);
  auto tree = read_merged(scenario_file(scenario), sources, problems);
  if (tree.kind == YamlNode::Kind::null) problems.throw_if_any();  // nothing to go on with
  apply_overrides(tree, overrides, sources, problems);
  keep_event_ids(tree);

  YamlNode base = tree;
  check_form(base, "", scenario_form(), problems);
  World baseline(base, sources, problems);
  resolve(baseline);

  Layer layer(tree, baseline, sources, problems);
  if (!source.file.empty()) layer.lay_file(source.file);
  layer.lay_inline(source);
  check_form(tree, "", scenario_form(), problems);
  World world(tree, sources, problems);
  resolve(world);
  VariedScenario varied{layer.about(), finish(world, overrides)};
  for (const auto& message : mismatches(baseline.model, varied.scenario.model))
    problems.add(layer.mark(), "", message);
  problems.throw_if_any();
  if (source.file.empty()) varied.scenario.model.title = varied.variant.title;
  return varied;
}

Variant read_variant(const fs::path& file) {
  Sources sources;
  Problems problems(sources);
  auto variant = read_variant_file(file, sources, problems);
  problems.throw_if_any();
  return std::move(variant.about);
}

std::vector<fs::path> variants_of(const fs::path& scenario) {
  return yaml_files(scenario_file(scenario).parent_path() / "variants");
}

}  // namespace entente
