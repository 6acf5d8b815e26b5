#include "io/scenario/form.hpp"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "entente/terms/registry.hpp"
#include "io/fields.hpp"
#include "io/scenario/form_parts.hpp"
#include "io/scenario/limits.hpp"
#include "io/scenario/targets.hpp"

namespace entente::detail {

namespace {

void add_fields(const TermInfo& term, FormParts& part, std::vector<KeySpec>& keys) {
  for (const auto& field : term.fields)
    keys.push_back({std::string(field.name),
                    part.number(field.min, field.max, field.unit, field.fallback), false,
                    std::string(field.meaning)});
}

const Spec* coefficient(FormParts& part) { return part.number(-1000, 1000, "utility"); }

class ScenarioForm {
 public:
  ScenarioForm() : part_(pool_) { root_ = make_root(); }
  [[nodiscard]] const Spec& root() const { return *root_; }

 private:
  const Spec* make_root() {
    std::vector<KeySpec> keys{
        {"entente", part_.integer(1, 1, "format version"), true, "format version"},
        {"title", part_.text(), true, "one line that names the scenario"},
        {"question", part_.text(), false, "what the scenario is for"},
        {"note", part_.text(), false, "anything else a reader should know"},
        {"extends", part_.text(), false, "folder or file of the scenario that this one edits"},
        {"time", time(), true, "calendar"},
        {"data", data(), false, "tables"},
        {"coefficients", part_.text(), false,
         "file of coefficients that are laid over those of this file"},
        {"ladders", part_.ladders(), false, "rungs and their profiles"},
        {"terms", terms(), false, "mechanisms that act"},
        {"covariates", covariates(), false, "regressors from data (T12)"},
        {"actors", part_.actors(), true, "who decides, and every number of theirs"},
        {"variables", part_.map_of(part_.rule()), false, "named columns for expressions, in order"},
        {"relations", part_.relations(), false, "who looks at whom, who rivals whom"},
        {"sectors", part_.list_of(part_.text(), 0, max_sectors), false, "economic sectors"},
        {"groups", part_.map_of(part_.group()), false, "armed groups"},
        {"authorities", part_.map_of(part_.authority()), true, "contested governments"},
        {"series", series(), false, "base values that change with time"},
        {"events", part_.events(), false, "dated interventions"},
        {"bodies", part_.map_of(part_.body()), false, "collective decisions"},
        {"run", run(), false, "how to run"},
        {"observed", part_.text_or_nothing(), false,
         "table of the history (docs/history-format.md), shown beside results"}};
    for (const auto& field : model_fields()) keys.push_back(part_.key_of(field));
    return part_.record(std::move(keys));
  }

  const Spec* time() {
    return part_.record({{"start", part_.date(), true, "first day"},
                         {"end", part_.date(), true, "the last step contains this day"},
                         {"step", part_.choice({"day", "week", "month", "quarter", "year"}), false,
                          "length of a step; month"}});
  }

  const Spec* data() {
    const auto* files = part_.one_or_list(part_.text());
    return part_.record({{"actors", files, false, "tables keyed by iso3, joined"},
                         {"dyads", files, false, "tables keyed by iso3_a, iso3_b"},
                         {"membership", files, false, "tables of iso3, org, status, from_year"}});
  }

  const Spec* terms() {
    std::vector<KeySpec> keys;
    for (const auto& term : builtin_terms().terms) {
      std::vector<KeySpec> fields{
          {"on", part_.boolean(), false, "false switches off what a base has on"},
          {"note", part_.text(), false, "why"}};
      add_fields(term, part_, fields);
      keys.push_back({std::string(term.key), part_.record(std::move(fields), true), false,
                      std::string(term.number) + ": " + std::string(term.title)});
    }
    return part_.record(std::move(keys), true);
  }

  const Spec* covariates() {
    return part_.map_of(part_.record(
        {{"value", part_.rule_scalar(), true, "a column of data or an expression"},
         {"missing", part_.missing(), false, "what replaces missing cells"},
         {"profile", part_.choice(part_.profile_names()), false, "of the rungs; height"},
         {"coefficient", coefficient(part_), true, "theta"},
         {"ladders", part_.one_or_list(part_.ladder_name()), false,
          "where it acts; engagement and recognition"},
         {"by_actor", part_.boolean(), false,
          "its values are estimated by `entente fit`, one per actor; false"},
         {"values", part_.map_of(part_.number(-1e6, 1e6, "")), false,
          "value of single actors, instead of `value`"},
         {"note", part_.text(), false, "why"}}));
  }

  const Spec* series() {
    std::vector<std::string> names;
    for (const auto& info : parameter_infos()) names.emplace_back(info.key);
    std::vector<KeySpec> keys{
        {"of", part_.choice(names), true, "parameter"},
        {"points", part_.dated(part_.number(-1e9, 1e9, "")), true, "value from each date on"},
        {"interpolate", part_.choice({"step", "linear"}), false, "between points; step"},
        {"note", part_.text(), false, "source"}};
    part_.add_address_keys(keys);
    const auto* one = part_.record(std::move(keys));
    const auto* list = part_.list_of(part_.named("series_entry", one));
    Spec edits = *list;
    edits.mapping = true;
    edits.keys = {{"replace", list, false, "drops what a base has"},
                  {"add", list, false, "appended to what a base has"}};
    return pool_.add(std::move(edits));
  }

  const Spec* run() {
    return part_.record({{"replicates", part_.integer(1, max_replicates, ""), false, "256"},
                         {"seed", part_.integer(0, 18446744073709551615.0, ""), false, "1"},
                         {"record", part_.choice({"summary", "rungs", "full"}), false, "rungs"}});
  }

  SpecPool pool_;
  FormParts part_;
  const Spec* root_ = nullptr;
};

class CoefficientsForm {
 public:
  CoefficientsForm() : part_(pool_) {
    root_ = part_.record(
        {{"entente", part_.integer(1, 1, "format version"), true, "format version"},
         {"fitted", part_.map_of(part_.anything()), false, "what they were estimated from and how"},
         {"terms", terms(), false, "coefficients of terms"},
         {"covariates",
          part_.map_of(part_.record(
              {{"coefficient", coefficient(part_), true, "theta"},
               {"values", part_.map_of(part_.number(-1e6, 1e6, "")), false, "of single actors"}})),
          false, "coefficients of covariates"},
         {"ladders", ladders(), false, "baselines and switching costs"},
         {"covariance", covariance(), false, "of the estimates"}});
  }
  [[nodiscard]] const Spec& root() const { return *root_; }

 private:
  const Spec* terms() {
    std::vector<KeySpec> keys;
    for (const auto& term : builtin_terms().terms) {
      std::vector<KeySpec> fields;
      add_fields(term, part_, fields);
      keys.push_back({std::string(term.key), part_.record(std::move(fields), true), false, ""});
    }
    return part_.record(std::move(keys), true);
  }

  const Spec* ladders() {
    std::vector<KeySpec> keys;
    for (const auto& field : rung_fields())
      if (field.name == "baseline")
        keys.push_back({"baseline",
                        part_.list_of(part_.number(field.min, field.max, field.unit), 1, max_rungs),
                        false, std::string(field.meaning)});
    for (const auto& field : ladder_fields())
      if (field.name == "up" || field.name == "down") keys.push_back(part_.key_of(field));
    const auto* ladder = part_.record(std::move(keys), true);
    std::vector<KeySpec> roles;
    for (const auto role : all_ladders)
      roles.push_back({std::string(to_string(role)), ladder, false, ""});
    return part_.record(std::move(roles), true);
  }

  const Spec* covariance() {
    const auto* row = part_.list_of(part_.number(-std::numeric_limits<double>::infinity(),
                                                 std::numeric_limits<double>::infinity(), ""));
    return part_.record({{"names", part_.list_of(part_.text()), true, "of rows and columns"},
                         {"matrix", part_.list_of(row), true, "a row per name"}},
                        true);
  }

  SpecPool pool_;
  FormParts part_;
  const Spec* root_ = nullptr;
};

}  // namespace

const Spec& coefficients_form() {
  static const CoefficientsForm form;
  return form.root();
}

const Spec& scenario_form() {
  static const ScenarioForm form;
  return form.root();
}

}  // namespace entente::detail
