#include "entente/io/scenario.hpp"

#include <filesystem>
#include <utility>

#include "io/scenario/check.hpp"
#include "io/scenario/form.hpp"
#include "io/scenario/limits.hpp"
#include "io/scenario/merge.hpp"
#include "io/scenario/overrides.hpp"
#include "io/scenario/resolve.hpp"
#include "io/scenario/world.hpp"

namespace entente {

namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is their front

// Lets `observed` name a file that the caller names, as seen from the working directory.
void set_history(YamlNode& tree, const std::filesystem::path& history, Sources& sources) {
  (void)sources.open(history, max_table_bytes, true);  // it is the caller's, not the scenario's
  YamlNode name;
  name.kind = YamlNode::Kind::scalar;
  name.text = history.string();
  name.mark = {sources.add(not_a_file, "", name.text), 0, 0};
  const auto at = tree.position("observed");
  if (at < tree.keys.size())
    tree.children[at] = std::move(name);
  else
    tree.insert("observed", name.mark, std::move(name));
}

}  // namespace

KeptFiles keep_files(ReadRules rules) { return std::make_shared<FileTexts>(std::move(rules)); }

Scenario load_scenario(const std::filesystem::path& path, const std::vector<std::string>& overrides,
                       const std::filesystem::path& history, const KeptFiles& kept) {
  Sources sources(kept);
  Problems problems(sources);
  auto tree = read_merged(scenario_file(path), sources, problems);
  if (tree.kind == YamlNode::Kind::null) problems.throw_if_any();  // nothing to go on with
  apply_overrides(tree, overrides, sources, problems);
  if (!history.empty()) set_history(tree, history, sources);
  check_form(tree, "", scenario_form(), problems);

  World world(tree, sources, problems);
  resolve(world);
  return finish(world, overrides);
}

}  // namespace entente
