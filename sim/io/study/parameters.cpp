#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "io/scenario/overrides.hpp"
#include "io/scenario/suggest.hpp"
#include "io/study/context.hpp"
#include "io/study/kind_fields.hpp"

namespace entente::detail {

namespace {

const std::vector<std::string>& distribution_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for_each_kind<Distribution>([&](auto kind) { list.emplace_back(name_of(Distribution{kind})); });
    return list;
  }();
  return names;
}

std::vector<std::string> with_fitted(std::vector<std::string> names) {
  names.emplace_back("fitted");
  return names;
}

class ParameterReader {
 public:
  explicit ParameterReader(StudyContext& study) : study_(study), problems_(study.problems()) {}

  void read(const Place& entry) {
    static const auto kinds = with_fitted(distribution_names());
    const auto kind = only_kind(entry, kinds, "distribution", problems_);
    const auto before = study_.parameters.size();
    if (kind && kind.key == "fitted") {
      read_fitted(study_, entry);
    } else if (entry->position("fitted") == entry->keys.size()) {
      if (const auto file = entry.find("file"))
        problems_.add(file, "found 'file' without 'fitted'; allowed: beside 'fitted'");
      read_own(entry, kind);
    }
    if (study_.parameters.size() == before) study_.complete = false;
  }

 private:
  void read_own(const Place& entry, const Place& kind) {
    StudyParameter parameter;
    const bool has_paths = read_paths(entry, parameter.paths);
    if (!has_paths || !kind) return;
    parameter.name = text_or(entry.find("name"), parameter.paths.front());
    parameter.unit = text_or(entry.find("unit"), "");
    parameter.meaning = text_or(entry.find("meaning"), "");
    const auto distribution = read_distribution(kind, parameter.choices, problems_);
    if (!distribution) return;
    study_.factors.push_back({parameter.name, *distribution});
    study_.parameters.push_back(std::move(parameter));
    const auto at = entry.find("path") ? entry.find("path") : entry.find("paths");
    study_.marks.push_back(at->mark);
  }

  bool read_paths(const Place& entry, std::vector<std::string>& paths) {
    const auto one = entry.find("path");
    const auto several = entry.find("paths");
    if (entry->position("path") == entry->keys.size() &&
        entry->position("paths") == entry->keys.size()) {
      problems_.add(entry, "found no key 'path'; allowed: path or paths");
      return false;
    }
    if (one && several) {
      problems_.add(several, "found 'paths' beside 'path'; allowed: one of them");
      return false;
    }
    if (several && several->children.size() > 1 && !entry.find("name"))
      problems_.add(entry, "found no key 'name'; allowed: it is required with several paths");
    bool fine = true;
    for (const auto& path : (one ? one : several).one_or_list()) {
      const auto parts = split_path(path.text());
      if (parts && parts->front() != "extends" && path.text().find('=') == std::string::npos) {
        paths.push_back(path.text());
        continue;
      }
      problems_.add(path, fmt::format("found {}; allowed: a path such as "
                                      "terms.rights.coefficient",
                                      quote(path.text())));
      fine = false;
    }
    return fine && !paths.empty();
  }

  StudyContext& study_;
  Problems& problems_;
};

bool reaches_into(const std::vector<std::string>& outer, const std::vector<std::string>& inner) {
  return outer.size() <= inner.size() && std::equal(outer.begin(), outer.end(), inner.begin());
}

// Of two parameters that set the same value the later one alone would count. Fitted distances of
// rungs move the rungs above them together.
void check_paths(const StudyContext& study) {
  const auto& list = study.parameters;
  const auto overlap = [&](std::size_t p, std::size_t q) {
    if (list[p].is_gap && list[q].is_gap) return std::string();
    for (const auto& mine : list[p].paths) {
      for (const auto& other : list[q].paths) {
        const auto a = *split_path(mine);
        const auto b = *split_path(other);
        if (reaches_into(a, b) || reaches_into(b, a)) return mine;
      }
    }
    return std::string();
  };
  for (std::size_t p = 0; p < list.size(); ++p) {
    for (std::size_t q = 0; q < p; ++q) {
      if (const auto path = overlap(p, q); !path.empty())
        study.problems().add(study.marks[p], fmt::format("parameters[{}]", p),
                             fmt::format("found {}, which the parameter {} sets as well; allowed: "
                                         "each value once",
                                         quote(path), quote(list[q].name)));
    }
  }
}

void check_names(const StudyContext& study) {
  for (std::size_t p = 0; p < study.parameters.size(); ++p) {
    const auto& name = study.parameters[p].name;
    const bool again =
        std::any_of(study.parameters.begin(), study.parameters.begin() + static_cast<long>(p),
                    [&](const StudyParameter& other) { return other.name == name; });
    if (again)
      study.problems().add(study.marks[p], "parameters",
                           fmt::format("found the name {} twice; allowed: once", quote(name)));
    else if (name.empty())
      study.problems().add(study.marks[p], "parameters", "found an empty name; allowed: a name");
  }
}

// Several variants are the first parameter.
void add_variant_parameter(StudyContext& study) {
  if (study.variants.size() < 2) return;
  StudyParameter parameter;
  parameter.name = "variant";
  for (const auto& name : study.variant_names) parameter.choices.emplace_back(name);
  parameter.meaning = "what is laid over the scenario";
  study.marks.push_back(study.root.find("variants")->mark);
  study.factors.push_back({parameter.name, Choice{study.variants.size()}});
  study.parameters.push_back(std::move(parameter));
}

}  // namespace

void read_study_parameters(StudyContext& study) {
  add_variant_parameter(study);
  ParameterReader reader(study);
  const auto list = study.root.find("parameters");
  const bool absent = study.root->position("parameters") == study.root->keys.size();
  for (const auto& entry : list.one_or_list()) reader.read(entry);
  if (list ? list->tainted : !absent) study.complete = false;
  if (study.parameters.empty() && study.complete)
    study.problems().add(list ? list : study.root,
                         "found no parameters; allowed: one or more, or several variants");
  const auto before = study.problems().size();
  check_names(study);
  check_paths(study);
  if (!study.complete || study.parameters.empty() || study.problems().size() > before) return;
  study.space.emplace(study.factors, study.blocks);
}

}  // namespace entente::detail
