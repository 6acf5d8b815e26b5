#include "io/scenario/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/scenario/coefficients.hpp"
#include "io/scenario/event_ids.hpp"
#include "io/scenario/limits.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/yaml.hpp"

namespace entente::detail {

namespace {

namespace fs = std::filesystem;

YamlNode merge_values(YamlNode base, YamlNode edits);

void merge_entries(YamlNode& base, YamlNode& edits) {
  std::unordered_map<std::string, std::size_t> position;
  for (std::size_t k = 0; k < base.keys.size(); ++k) position.emplace(base.keys[k], k);
  for (std::size_t k = 0; k < edits.keys.size(); ++k) {
    const auto known = position.find(edits.keys[k]);
    if (known == position.end()) {
      base.insert(std::move(edits.keys[k]), edits.key_marks[k], std::move(edits.children[k]));
    } else {
      base.key_marks[known->second] = edits.key_marks[k];
      auto& value = base.children[known->second];
      value = merge_values(std::move(value), std::move(edits.children[k]));
    }
  }
}

YamlNode merge_values(YamlNode base, YamlNode edits) {
  // `key:` with nothing behind it names a mapping (a term, say) without changing it.
  if (base.is_mapping() && edits.kind == YamlNode::Kind::null) return base;
  if (!base.is_mapping() || !edits.is_mapping()) return edits;
  merge_entries(base, edits);
  base.mark = edits.mark;
  return base;
}

void append(YamlNode& list, YamlNode more) {
  std::move(more.children.begin(), more.children.end(), std::back_inserter(list.children));
}

void remove_events(YamlNode& list, const Place& ids, Problems& problems) {
  const auto present = event_ids(list.children);
  std::vector<char> gone(present.size(), 0);
  for (const auto& id : ids.one_or_list()) {
    const auto known = std::find(present.begin(), present.end(), id.text());
    if (known == present.end())
      problems.add(id, unknown_name(id.text(), present, "ids of the base's events"));
    else
      gone[static_cast<std::size_t>(known - present.begin())] = 1;
  }
  std::size_t k = 0;
  std::erase_if(list.children, [&](const YamlNode&) { return gone[k++] != 0; });
}

// Lays a list, or `{replace, remove, add}`, over the list of a base. A node of another form is left
// as it is: the check of forms reports it.
YamlNode edit_list(YamlNode base, YamlNode edits, const std::string& path, Problems& problems) {
  if (edits.kind == YamlNode::Kind::null) return base;
  if (edits.is_sequence() && base.is_sequence()) {
    base.mark = edits.mark;
    append(base, std::move(edits));
    return base;
  }
  if (!edits.is_mapping()) return edits;
  const Place place{&edits, path, {}};
  const auto is_list = [](const Place& part) { return part && part->is_sequence(); };
  for (const auto& part : place.entries()) {
    const bool known = part.key == "replace" || part.key == "remove" || part.key == "add";
    if (!known || !is_list(part) || (part.key == "remove" && path == "series")) return edits;
  }
  YamlNode list;
  list.kind = YamlNode::Kind::sequence;
  list.mark = edits.mark;
  if (base.is_sequence() && !place.find("replace")) append(list, std::move(base));
  if (const auto replace = place.find("replace")) append(list, *replace);
  if (const auto remove = place.find("remove")) remove_events(list, remove, problems);
  if (const auto add = place.find("add")) append(list, *add);
  return list;
}

class ChainReader {
 public:
  ChainReader(Sources& sources, Problems& problems) : sources_(sources), problems_(problems) {}

  YamlNode read(const fs::path& path) {
    const auto file = sources_.open(path, max_yaml_bytes, false);
    chain_.push_back(path);
    auto root = parse_yaml(sources_, file, problems_);
    if (!root.is_mapping()) {
      if (problems_.empty()) problems_.add(root.mark, "", "found no mapping; allowed: a mapping");
      return {};
    }
    if (!check_version(root, problems_)) return {};
    YamlNode base;
    base.kind = YamlNode::Kind::mapping;
    if (const auto extends = Place{&root, "", {}}.find("extends"); extends && extends->is_scalar())
      base = read_base(extends, path);
    if (base.kind == YamlNode::Kind::null) return {};
    YamlNode coefficients;
    if (const auto* name = root.find("coefficients")) coefficients = *name;
    auto scenario = merge(std::move(base), std::move(root), problems_);
    if (coefficients.is_scalar()) lay_coefficients(scenario, coefficients, sources_, problems_);
    return scenario;
  }

 private:
  YamlNode read_base(const Place& extends, const fs::path& from) {
    const auto target = scenario_file(from.parent_path() / extends.text());
    std::error_code failure;
    for (const auto& before : chain_) {
      if (!fs::equivalent(before, target, failure)) continue;
      problems_.add(extends,
                    fmt::format("found {}, which extends this file in turn; allowed: no cycles",
                                quote(extends.text())));
      return {};
    }
    if (chain_.size() > max_extends) {
      problems_.add(extends,
                    fmt::format("found more than {} files that extend each other; allowed: "
                                "at most {}",
                                max_extends, max_extends));
      return {};
    }
    try {
      return read(target);
    } catch (const FileError& error) {
      problems_.add(extends, error.what());
      return {};
    }
  }

  Sources& sources_;
  Problems& problems_;
  std::vector<fs::path> chain_;
};

}  // namespace

fs::path scenario_file(const fs::path& path) {
  std::error_code failure;
  return fs::is_directory(path, failure) ? path / "scenario.yaml" : path;
}

std::optional<fs::path> scenario_above(const fs::path& file, std::string_view kept) {
  std::error_code error;
  const auto whole = fs::absolute(file, error).lexically_normal().parent_path();
  if (error || whole.filename() != kept) return std::nullopt;
  if (!fs::is_regular_file(whole.parent_path() / "scenario.yaml", error)) return std::nullopt;
  const auto own = file.lexically_normal().parent_path();
  if (own.empty()) return fs::path("..");
  return own.parent_path().empty() ? fs::path(".") : own.parent_path();
}

std::vector<fs::path> yaml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end(),
            [](const fs::path& a, const fs::path& b) { return a.stem() < b.stem(); });
  return files;
}

bool check_version(const YamlNode& root, Problems& problems) {
  const Place version = Place{&root, "", {}}.find("entente");
  if (!version) {
    problems.add(root.mark, "", "found no key 'entente'; allowed: 'entente: 1' first");
    return false;
  }
  if (version->is_scalar() && version.text() == "1") return true;
  problems.add(version, fmt::format("found format {}; allowed: 1", quote(version.text())));
  return false;
}

YamlNode merge(YamlNode base, YamlNode edits, Problems& problems) {
  for (const auto* key : {"events", "series"}) {
    const auto at = edits.position(key);
    if (at == edits.keys.size()) continue;
    const auto before = base.position(key);
    YamlNode list = before < base.keys.size() ? std::move(base.children[before]) : YamlNode{};
    if (before < base.keys.size()) base.children[before] = {};
    edits.children[at] = edit_list(std::move(list), std::move(edits.children[at]), key, problems);
  }
  return merge_values(std::move(base), std::move(edits));
}

YamlNode read_merged(const fs::path& path, Sources& sources, Problems& problems) {
  return ChainReader(sources, problems).read(path);
}

}  // namespace entente::detail
