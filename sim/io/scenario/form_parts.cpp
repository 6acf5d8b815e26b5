#include "io/scenario/form_parts.hpp"

#include <utility>

#include "entente/model/ladder.hpp"
#include "io/scenario/limits.hpp"
#include "io/scenario/targets.hpp"

namespace entente::detail {

FormParts::FormParts(SpecPool& pool) : pool_(pool) {}

const Spec* FormParts::text() {
  if (text_ != nullptr) return text_;
  Spec spec;
  spec.name = "text";
  spec.scalar = Scalar::text;
  return text_ = pool_.add(spec);
}

const Spec* FormParts::text_or_nothing() {
  Spec spec;
  spec.scalar = Scalar::text;
  spec.null = true;
  return pool_.add(spec);
}

const Spec* FormParts::number(double min, double max, std::string_view unit,
                              std::optional<double> fallback) {
  Spec spec;
  spec.scalar = Scalar::number;
  spec.min = min;
  spec.max = max;
  spec.unit = unit;
  spec.fallback = fallback;
  return pool_.add(spec);
}

const Spec* FormParts::integer(double min, double max, std::string_view meaning) {
  Spec spec;
  spec.scalar = Scalar::integer;
  spec.min = min;
  spec.max = max;
  spec.meaning = meaning;
  return pool_.add(spec);
}

const Spec* FormParts::boolean() {
  Spec spec;
  spec.scalar = Scalar::boolean;
  return pool_.add(spec);
}

const Spec* FormParts::date() {
  Spec spec;
  spec.name = "date";
  spec.scalar = Scalar::date;
  return pool_.add(spec);
}

const Spec* FormParts::choice(std::vector<std::string> names) {
  Spec spec;
  spec.scalar = Scalar::choice;
  spec.choices = std::move(names);
  return pool_.add(spec);
}

const Spec* FormParts::rule_scalar() {
  Spec spec;
  spec.scalar = Scalar::rule;
  return pool_.add(spec);
}

const Spec* FormParts::ladder_name() {
  std::vector<std::string> names;
  names.reserve(ladder_count);
  for (const auto role : all_ladders) names.emplace_back(to_string(role));
  return choice(std::move(names));
}

std::vector<std::string> FormParts::profile_names() const {
  std::vector<std::string> names;
  names.reserve(profile_count);
  for (std::size_t k = 0; k < profile_count; ++k)
    names.emplace_back(to_string(static_cast<Profile>(k)));
  return names;
}

const Spec* FormParts::record(std::vector<KeySpec> keys, bool null) {
  Spec spec;
  spec.mapping = true;
  spec.keys = std::move(keys);
  spec.null = null;
  return pool_.add(spec);
}

const Spec* FormParts::map_of(const Spec* value) {
  Spec spec;
  spec.mapping = true;
  spec.others = value;
  spec.null = true;
  return pool_.add(spec);
}

const Spec* FormParts::dated(const Spec* value) {
  Spec spec;
  spec.mapping = true;
  spec.others = value;
  spec.other_keys = Scalar::date;
  return pool_.add(spec);
}

const Spec* FormParts::list_of(const Spec* item, std::size_t min, std::size_t max) {
  Spec spec;
  spec.item = item;
  spec.min_items = min;
  spec.max_items = max;
  spec.null = min == 0;
  return pool_.add(spec);
}

const Spec* FormParts::one_or_list(const Spec* one) {
  Spec spec = *one;
  spec.name.clear();
  spec.item = one;
  return pool_.add(spec);
}

const Spec* FormParts::anything() {
  Spec spec;
  spec.name = "anything";  // it holds itself
  spec.scalar = Scalar::text;
  spec.mapping = true;
  spec.null = true;
  auto* made = pool_.add(spec);
  made->item = made;
  made->others = made;
  return made;
}

const Spec* FormParts::named(const std::string& name, const Spec* spec) {
  Spec copy = *spec;
  copy.name = name;
  return pool_.add(std::move(copy));
}

const Spec* FormParts::selector() {
  if (selector_ != nullptr) return selector_;
  Spec spec;
  spec.name = "selector";
  spec.meaning = "actors: `all`, an id, a list of ids, or a mapping";
  spec.scalar = Scalar::text;
  spec.item = text();
  spec.mapping = true;
  auto* made = pool_.add(spec);
  const auto* names = one_or_list(text());
  made->keys = {{"ids", names, false, "actors by id"},
                {"org", names, false, "members of organisations in the year of the start"},
                {"region", names, false, "actors of regions"},
                {"subregion", names, false, "actors of subregions"},
                {"except", made, false, "left out again"}};
  return selector_ = made;
}

const Spec* FormParts::missing() {
  if (missing_ != nullptr) return missing_;
  Spec use;
  use.scalar = Scalar::text;
  use.meaning = "a number, mean, median, or {by: region, use: mean}";
  use.mapping = true;
  use.keys = {{"by", choice({"region"}), true, "where known cells are taken from"},
              {"use", choice({"mean", "median"}), true, "how they are summarised"}};
  Spec columns;
  columns.name = "missing";
  columns.meaning = "what replaces missing cells, per column";
  columns.mapping = true;
  columns.others = pool_.add(use);
  return missing_ = pool_.add(columns);
}

const Spec* FormParts::rule() {
  if (rule_ != nullptr) return rule_;
  Spec spec;
  spec.name = "rule";
  spec.meaning = "a number, an expression, or a mapping";
  spec.scalar = Scalar::rule;
  spec.mapping = true;
  spec.keys = {{"value", rule_scalar(), true, "number or expression"},
               {"missing", missing(), false, "what replaces missing cells"},
               {"note", text(), false, "why, with the source"}};
  return rule_ = pool_.add(spec);
}

void FormParts::add_address_keys(std::vector<KeySpec>& keys) {
  const auto* names = one_or_list(text());
  keys.push_back({"actors", selector(), false, "which actors"});
  keys.push_back({"group", names, false, "which groups"});
  keys.push_back({"sector", names, false, "which sectors"});
  keys.push_back({"covariate", names, false, "which covariates"});
  keys.push_back({"authority", text(), false, "which authority; the only one"});
}

KeySpec FormParts::parameter_number(const ParamInfo& info, bool overrides) {
  const auto* value = overrides ? number(info.min, info.max, info.unit)
                                : number(info.min, info.max, info.unit, info.fallback);
  const bool by_actor = info.shape == Shape::actor || info.shape == Shape::authority_actor;
  const bool single = by_actor || info.shape == Shape::authority || info.shape == Shape::group;
  return {std::string(info.key), single ? value : map_of(value), false, std::string(info.meaning)};
}

const Spec* FormParts::ladder(bool recognises) {
  const auto many = [this](const Spec* item) { return list_of(item, 1, max_rungs); };
  std::vector<KeySpec> keys{{"rungs", many(text()), false, "names, lowest first"},
                            {"height", many(number(0, 1, "1")), false, "r/(R-1)"}};
  for (const auto& field : rung_fields())
    keys.push_back({std::string(field.name), many(number(field.min, field.max, field.unit)), false,
                    std::string(field.meaning)});
  // Rates and costs differ from ladder to ladder: no one default to state.
  for (const auto& field : ladder_fields())
    keys.push_back({std::string(field.name), number(field.min, field.max, field.unit), false,
                    std::string(field.meaning)});
  if (recognises)
    keys.push_back({"recognises_from", text(), false, "first rung that counts as recognition"});
  return record(std::move(keys), true);
}

const Spec* FormParts::authority_ladder(double least_value) {
  const auto many = [this](const Spec* item) { return list_of(item, 1, max_rungs); };
  std::vector<KeySpec> keys{
      {"rungs", many(text()), false, "names, lowest first"},
      {"value", many(number(least_value, 1, "1")), false, "number that formulas use"}};
  for (const auto& field : authority_ladder_fields())
    keys.push_back({std::string(field.name), number(field.min, field.max, field.unit), false,
                    std::string(field.meaning)});
  return record(std::move(keys), true);
}

const Spec* FormParts::ladders() {
  std::vector<KeySpec> keys;
  keys.reserve(ladder_count + 2);
  for (const auto role : all_ladders)
    keys.push_back({std::string(to_string(role)), ladder(role == LadderRole::recognition), false,
                    "a ladder of the actors"});
  keys.push_back({"rights", authority_ladder(0), false, "rights policy of the authority"});
  keys.push_back({"posture", authority_ladder(-1), false, "the authority's line on a group"});
  return record(std::move(keys), true);
}

const Spec* FormParts::relations() {
  const auto relation = [this](bool top) {
    std::vector<KeySpec> keys{
        {"value", rule_scalar(), true, "number or expression over a pair"},
        {"missing", missing(), false, "what replaces missing cells"},
        {"override", map_of(map_of(number(0, 1e6, ""))), false, "values of pairs; last word"},
        {"note", text(), false, "why, with the source"}};
    if (top)
      keys.push_back(
          {"top", integer(1, max_actors, ""), false, "largest entries of a row to keep"});
    return record(std::move(keys));
  };
  return record({{"alignment", relation(true), false, "W: rows are scaled to sum 1"},
                 {"rivalry", relation(false), false, "V: in [0, 1]"}},
                true);
}

const Spec* FormParts::group() {
  std::vector<KeySpec> keys{{"name", text(), false, "in words"},
                            {"host", text(), false, "authority on whose ground it sits"},
                            {"note", text(), false, "source"}};
  for (const auto& field : group_fields()) keys.push_back(key_of(field));
  for (const auto& info : parameter_infos())
    if (info.shape == Shape::group) keys.push_back(parameter_number(info));
  return record(std::move(keys), true);
}

}  // namespace entente::detail
