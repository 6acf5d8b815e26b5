#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "entente/io/scenario.hpp"
#include "entente/io/study.hpp"
#include "entente/io/variant.hpp"
#include "io/scenario/form.hpp"
#include "io/study/form.hpp"

namespace entente {

namespace {

using detail::Scalar;
using detail::Spec;
using Json = nlohmann::ordered_json;

// YAML 1.2 readers (editors) and 1.1 readers (older tools) type plain words differently: forms that
// our reader takes as text are allowed under each of the types that they may arrive as.
constexpr auto date_pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$";
constexpr auto duration_pattern = "^[0-9]+ (day|week|month|quarter|year)s?$";

// Ranges are floats: write 0.1, not 0.10000000149.
Json shortest(double value) {
  if (value >= 18446744073709551615.0) return std::numeric_limits<std::uint64_t>::max();
  const auto narrow = static_cast<float>(value);
  return static_cast<double>(narrow) == value ? std::stod(fmt::format("{}", narrow)) : value;
}

class SchemaWriter {
 public:
  Json scenario(const Spec& root) {
    auto schema = document(root, "entente scenario, format 1");
    // A scenario that extends another one leaves to it what it does not change.
    const auto required = schema["required"];
    schema["required"] = Json::array({"entente"});
    schema["anyOf"] =
        Json::array({Json{{"required", Json::array({"extends"})}}, Json{{"required", required}}});
    schema["$defs"] = definitions_;
    return schema;
  }

  Json study(const Spec& root) {
    auto schema = document(root, "entente study, format 1");
    schema["required"] = required_keys(root);
    schema["$defs"] = definitions_;
    return schema;
  }

  // A variant says itself what it is about and edits mappings, whose other keys its scenario has.
  Json variant(const Spec& root) {
    edits_ = true;
    auto schema = document(root, "entente variant, format 1");
    schema["required"] = required_keys(root);
    schema["$defs"] = definitions_;
    return schema;
  }

 private:
  Json document(const Spec& root, const char* title) {
    Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}};
    schema.update(form(root));
    return schema;
  }

  static Json required_keys(const Spec& spec) {
    auto required = Json::array();
    for (const auto& key : spec.keys)
      if (key.required) required.push_back(key.name);
    return required;
  }

  // What has a name is written once, and whole: nobody edits part of it.
  Json reference(const Spec& spec) {
    if (spec.name.empty()) return form(spec);
    if (written_.insert(spec.name).second) {
      const bool edits = std::exchange(edits_, false);
      definitions_[spec.name] = form(spec);
      edits_ = edits;
    }
    return Json{{"$ref", "#/$defs/" + spec.name}};
  }

  Json form(const Spec& spec) {
    auto forms = scalar_forms(spec);
    if (spec.item != nullptr) {
      Json list{{"type", "array"}, {"items", reference(*spec.item)}};
      if (spec.min_items > 0) list["minItems"] = spec.min_items;
      if (spec.max_items != static_cast<std::size_t>(-1)) list["maxItems"] = spec.max_items;
      forms.push_back(std::move(list));
    }
    if (spec.mapping) forms.push_back(mapping(spec));
    if (spec.null && forms.size() == 1 && forms.front()["type"].is_string())
      forms.front()["type"] = Json::array({forms.front()["type"], "null"});
    else if (spec.null)
      forms.push_back({{"type", "null"}});
    Json made = forms.size() == 1 ? forms.front() : Json{{"anyOf", forms}};
    if (!spec.meaning.empty()) made["description"] = spec.meaning;
    return made;
  }

  static std::vector<Json> scalar_forms(const Spec& spec) {
    const auto range = [&](const char* type) {
      Json made{{"type", type}};
      if (spec.min > -1e300) made["minimum"] = shortest(spec.min);
      if (spec.max < 1e300) made["maximum"] = shortest(spec.max);
      if (spec.fallback) made["default"] = shortest(*spec.fallback);
      return made;
    };
    switch (spec.scalar) {
      case Scalar::none:
        return {};
      case Scalar::text:
        return {{{"type", Json::array({"string", "number", "boolean"})}}};
      case Scalar::number:
        return {range("number")};
      case Scalar::integer:
        return {range("integer")};
      case Scalar::boolean:
        return {{{"type", "boolean"}}, {{"enum", Json::array({"yes", "no", "Yes", "No"})}}};
      case Scalar::date:
        return {{{"type", "string"}, {"pattern", date_pattern}},
                {{"type", "integer"}, {"minimum", 1000}, {"maximum", 9999}}};
      case Scalar::duration:
        return {{{"type", "string"}, {"pattern", duration_pattern}}};
      case Scalar::choice:
        return {{{"enum", spec.choices}}};
      case Scalar::rule:
        return {{{"type", Json::array({"string", "number"})}}};
    }
    return {};
  }

  Json mapping(const Spec& spec) {
    Json made{{"type", "object"}};
    auto properties = Json::object();
    const auto required = edits_ ? Json::array() : required_keys(spec);
    for (const auto& key : spec.keys) {
      auto value = reference(*key.value);
      if (!key.meaning.empty()) value["description"] = key.meaning;
      properties[key.name] = std::move(value);
    }
    if (!spec.keys.empty()) made["properties"] = std::move(properties);
    if (!required.empty()) made["required"] = required;
    if (spec.other_keys == Scalar::date) made["propertyNames"] = {{"pattern", date_pattern}};
    if (spec.others != nullptr)
      made["additionalProperties"] = reference(*spec.others);
    else
      made["additionalProperties"] = false;
    return made;
  }

  Json definitions_ = Json::object();
  std::set<std::string> written_;
  bool edits_ = false;  // mappings may leave out what they require
};

}  // namespace

std::string scenario_schema() {
  return SchemaWriter().scenario(detail::scenario_form()).dump(2) + '\n';
}

std::string study_schema() { return SchemaWriter().study(detail::study_form()).dump(2) + '\n'; }

std::string variant_schema() {
  return SchemaWriter().variant(detail::variant_form()).dump(2) + '\n';
}

}  // namespace entente
