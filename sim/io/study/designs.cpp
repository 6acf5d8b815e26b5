#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/study/context.hpp"
#include "io/study/kind_fields.hpp"

namespace entente::detail {

namespace {

bool is_choice(const Factor& factor) {
  const auto* distribution = std::get_if<Distribution>(&factor.source);
  return distribution != nullptr && std::holds_alternative<Choice>(*distribution);
}

/// Fills the fields of a design, each by its type.
class FieldReader {
 public:
  FieldReader(const Place& place, const StudyContext& study) : place_(place), study_(study) {}

  template <class Member>
  void operator()(const KindField& field, Member& member) {
    const auto at = place_.find(field.key);
    if constexpr (std::is_same_v<Member, std::vector<std::size_t>>)
      read_levels(at, member);
    else if constexpr (std::is_same_v<Member, std::vector<double>>)
      read_points(at, member);
    else if (at)
      read(at, member);
  }

  [[nodiscard]] bool fine() const { return fine_; }

 private:
  template <class Member>
  void read(const Place& at, Member& member) {
    if constexpr (std::is_same_v<Member, bool>) {
      member = parse_boolean(at.text()).value_or(member);
    } else if constexpr (std::is_enum_v<Member>) {
      const auto names = names_of(member);
      const auto found = std::find(names.begin(), names.end(), at.text());
      if (found != names.end()) member = static_cast<Member>(found - names.begin());
      if constexpr (std::is_same_v<Member, Coordinates>) in_values_ = member == Coordinates::values;
    } else {
      member = static_cast<Member>(parse_integer(at.text()).value_or(member));
    }
  }

  void refuse(const Place& at, const std::string& message) {
    study_.problems().add(at, message);
    fine_ = false;
  }

  // One number, or one by parameter: hands each over by position.
  template <class Each>
  void by_parameter(const Place& at, const Each& each) {
    if (!at->is_mapping()) {
      for (std::size_t p = 0; p < study_.parameters.size(); ++p) each(p, at);
      return;
    }
    for (std::size_t k = 0; k < at->keys.size(); ++k) {
      if (at->children[k].bad) continue;
      const auto p = find_parameter(study_, at->keys[k], at->key_marks[k], at.path);
      if (p)
        each(*p, at.entry(k));
      else
        fine_ = false;
    }
  }

  // A choice has all its values as levels.
  void read_levels(const Place& at, std::vector<std::size_t>& levels) {
    levels.assign(study_.parameters.size(), 0);
    if (at)
      by_parameter(at, [&](std::size_t p, const Place& number) {
        if (at->is_mapping() && is_choice(study_.factors[p]))
          refuse(number, "found levels of a choice; allowed: it has all its values");
        levels[p] = static_cast<std::size_t>(parse_integer(number.text()).value_or(0));
      });
    for (std::size_t p = 0; p < levels.size(); ++p) {
      if (is_choice(study_.factors[p])) {
        levels[p] = study_.parameters[p].choices.size();
      } else if (!at ||
                 (at->is_mapping() && at->position(study_.parameters[p].name) == at->keys.size())) {
        refuse(at ? at : place_, fmt::format("found no levels of {}; allowed: they are required",
                                             quote(study_.parameters[p].name)));
      }
    }
  }

  void read_points(const Place& at, std::vector<double>& points) {
    const double fallback = points.front();
    points.assign(study_.parameters.size(), fallback);
    std::vector<char> given(points.size(), 0);
    if (at)
      by_parameter(at, [&](std::size_t p, const Place& number) {
        given[p] = 1;
        const StudyParameter in_cube;
        const auto value =
            value_of_parameter(in_values_ ? study_.parameters[p] : in_cube, number.text(),
                               number->mark, number.path, study_.problems());
        fine_ &= value.has_value();
        points[p] = value.value_or(fallback);
      });
    const auto missing = std::find(given.begin(), given.end(), char{0});
    if (!in_values_ || missing == given.end()) return;
    const auto& name = study_.parameters[static_cast<std::size_t>(missing - given.begin())].name;
    refuse(at ? at : place_,
           fmt::format("found no value of {}; allowed: base, low and high of every parameter",
                       quote(name)));
  }

  const Place& place_;
  const StudyContext& study_;
  bool in_values_ = false;
  bool fine_ = true;
};

std::optional<DesignKind> read_kind(const StudyContext& study, const Place& place) {
  std::optional<DesignKind> found;
  for_each_kind<DesignKind>([&](auto kind) {
    if (name_of(DesignKind{kind}) != place.key) return;
    if constexpr (std::is_same_v<decltype(kind), ListDesign>) {
      if (auto list = read_list_design(study, place)) found = std::move(*list);
    } else {
      FieldReader reader(place, study);
      visit_fields(reader, kind);
      if (reader.fine()) found = kind;
    }
  });
  return found;
}

const std::vector<std::string>& design_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for_each_kind<DesignKind>([&](auto kind) { list.emplace_back(name_of(DesignKind{kind})); });
    return list;
  }();
  return names;
}

}  // namespace

void read_study_design(StudyContext& study) {
  const auto design = study.root.find("design");
  if (!design) return;
  const auto place = only_kind(design, design_names(), "design", study.problems());
  if (!place || place->tainted || study.parameters.empty() || !study.complete) return;
  auto kind = read_kind(study, place);
  if (!kind) return;
  auto findings = violations(*kind, study.parameters.size());
  if (findings.empty()) {
    study.design.emplace(std::move(*kind), study.parameters.size());
    if (study.space) findings = violations(*study.design, *study.space);
  }
  report_findings(findings, place, study.problems());
}

}  // namespace entente::detail
