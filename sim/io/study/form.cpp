#include "io/study/form.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "entente/ensemble/measures_table.hpp"
#include "io/fields.hpp"
#include "io/scenario/form_parts.hpp"
#include "io/scenario/limits.hpp"
#include "io/study/kind_fields.hpp"

namespace entente::detail {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double largest_word = 18446744073709551615.0;

class StudyForm {
 public:
  StudyForm() : part_(pool_) {
    const auto* replicates = part_.integer(1, static_cast<double>(max_replicates), "");
    const auto* first = part_.integer(0, static_cast<double>(max_replicates), "");
    root_ = part_.record(
        {{"entente", part_.integer(1, 1, "format version"), true, "format version"},
         {"title", part_.text(), true, "one line that names the study"},
         {"question", part_.text(), true, "what it is to find out"},
         {"note", part_.text(), false, "anything else a reader should know"},
         {"sources", part_.one_or_list(part_.text()), false, "where its numbers come from"},
         {"scenario", part_.text(), false,
          "folder or file; the scenario in whose folder `studies` the study stands"},
         {"set", part_.map_of(part_.anything()), false,
          "values of the scenario by their paths, as with --set, in order"},
         {"variants", part_.one_or_list(part_.text()), false,
          "names or files of variants; `none`: the scenario as it is. Several are a parameter"},
         {"parameters", part_.list_of(part_.named("parameter", parameter())), false, "what varies"},
         {"design", design(), true, "at which points: one kind of design"},
         {"measures", part_.map_of(part_.named("measure", measure())), true,
          "what is measured, by name: one kind of measure each"},
         {"replicates", replicates, false, "per point; 16"},
         {"first_replicate", first, false, "0"},
         {"analysis", analysis(), false, "what is to be said of the result"}});
  }
  [[nodiscard]] const Spec& root() const { return *root_; }

 private:
  const Spec* any_number() { return part_.number(-infinity, infinity, ""); }
  const Spec* any_whole() { return part_.integer(0, largest_word, ""); }

  template <class Names>
  const Spec* choice_of(const Names& names) {
    return part_.choice({names.begin(), names.end()});
  }

  // A number for all parameters, or one for each of those that are named.
  const Spec* by_parameter(const Spec* number, const Spec* each) {
    Spec spec = *number;
    spec.mapping = true;
    spec.others = each;
    return pool_.add(std::move(spec));
  }

  template <class Member>
  const Spec* value_of(const Member& member) {
    if constexpr (std::is_same_v<Member, bool>)
      return part_.boolean();
    else if constexpr (std::is_enum_v<Member>)
      return choice_of(names_of(member));
    else if constexpr (std::is_same_v<Member, std::vector<std::size_t>>)
      return by_parameter(any_whole(), any_whole());
    else if constexpr (std::is_same_v<Member, std::vector<double>>)
      return by_parameter(any_number(), part_.text());
    else if constexpr (std::is_unsigned_v<Member>)
      return any_whole();
    else
      return any_number();
  }

  template <class Kind>
  std::vector<KeySpec> fields_of(Kind kind) {
    std::vector<KeySpec> keys;
    visit_fields(
        [&](const KindField& field, auto& member) {
          keys.push_back({std::string(field.key), value_of(member), field.required,
                          std::string(field.meaning)});
        },
        kind);
    return keys;
  }

  const Spec* parameter() {
    const auto* names = part_.one_or_list(part_.text());
    std::vector<KeySpec> keys{
        {"name", part_.text(), false, "of the column; the path"},
        {"path", part_.text(), false, "what it sets, as with --set"},
        {"paths", part_.list_of(part_.text(), 1), false, "several that it sets to one value"},
        {"unit", part_.text(), false, ""},
        {"meaning", part_.text(), false, "in words"},
        {"note", part_.text(), false, "why, with the source"},
        {"fitted", names, false, "`all`, or names in the covariance of a file of coefficients"},
        {"file", part_.text(), false, "of coefficients; the scenario's"},
        {"correlated", part_.boolean(), false,
         "false: each varies by itself, by its own standard error"}};
    for_each_kind<Distribution>([&](auto kind) {
      using Kind = decltype(kind);
      const Spec* value = nullptr;
      if constexpr (std::is_same_v<Kind, Choice>) {
        value = part_.list_of(part_.anything(), 1);
      } else {
        Spec spec = *part_.record(fields_of(kind));
        if (has_short_form<Kind>()) {
          spec.item = any_number();
          spec.min_items = spec.max_items = spec.keys.size();
        }
        value = pool_.add(std::move(spec));
      }
      keys.push_back({std::string(name_of(Distribution{kind})), value, false, ""});
    });
    return part_.record(std::move(keys));
  }

  const Spec* design() {
    std::vector<KeySpec> keys;
    for_each_kind<DesignKind>([&](auto kind) {
      auto fields = fields_of(kind);
      if constexpr (std::is_same_v<decltype(kind), ListDesign>) {
        fields.push_back({"file", part_.text(), false, "table with a column per parameter"});
        fields.push_back(
            {"rows", part_.list_of(part_.map_of(part_.text()), 1), false, "values by parameter"});
      }
      const bool free = std::none_of(fields.begin(), fields.end(),
                                     [](const KeySpec& field) { return field.required; });
      keys.push_back({std::string(name_of(DesignKind{kind})), part_.record(std::move(fields), free),
                      false, ""});
    });
    return part_.record(std::move(keys));
  }

  const Spec* value_of(const MeasureField& field) {
    switch (field.type) {
      case MeasureFieldType::authority:
      case MeasureFieldType::rung:
      case MeasureFieldType::policy:
        return part_.text();
      case MeasureFieldType::ladder:
        return part_.ladder_name();
      case MeasureFieldType::state: {
        std::vector<std::string> names;
        for (const auto& state : state_fields()) names.emplace_back(state.name);
        return part_.choice(std::move(names));
      }
      case MeasureFieldType::actors:
        return part_.selector();
      case MeasureFieldType::step:
        return part_.date();
      case MeasureFieldType::steps:
        return part_.one_or_list(part_.date());
      case MeasureFieldType::count:
        return part_.integer(0, static_cast<double>(max_actors), "");
      case MeasureFieldType::number:
        return any_number();
    }
    return part_.text();
  }

  const Spec* measure() {
    std::vector<KeySpec> keys;
    for (const auto& info : measure_infos()) {
      std::vector<KeySpec> fields;
      bool free = true;
      for (const auto& field : info.fields) {
        fields.push_back(
            {std::string(field.key), value_of(field), field.required, std::string(field.meaning)});
        free &= !field.required;
      }
      keys.push_back({std::string(info.key), part_.record(std::move(fields), free), false,
                      std::string(info.meaning)});
    }
    return part_.record(std::move(keys));
  }

  const Spec* analysis() {
    const auto* interest = part_.record(
        {{"measure", part_.text(), true, "a column: `recognitions@2030-12`"},
         {"statistic", part_.text(), false, "over replicates: mean (the default), q95, ..."},
         {"at_least", any_number(), false, "points where it is not below count"},
         {"at_most", any_number(), false, "points where it is not above count"}});
    return part_.record(
        {{"measures", part_.one_or_list(part_.text()), false, "columns, or measures; all"},
         {"discover", part_.list_of(interest), false, "what scenario discovery looks for"},
         {"resamples", part_.integer(1, 1e6, ""), false, "of the bootstrap; 1000"}},
        true);
  }

  SpecPool pool_;
  FormParts part_;
  const Spec* root_ = nullptr;
};

}  // namespace

const Spec& study_form() {
  static const StudyForm form;
  return form.root();
}

}  // namespace entente::detail
