#include "lab/server/requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "io/scenario/suggest.hpp"
#include "lab/server/answer.hpp"
#include "lab/server/guards.hpp"

namespace entente::lab {
namespace {

constexpr std::uint64_t last_replicate = 0xFFFF'FFFF;
constexpr int deepest = 8;

[[noreturn]] void refuse(std::string_view what, const std::string& found,
                         const std::string& allowed) {
  throw Refused(400, fmt::format("{}: found {}; allowed: {}", what, found, allowed));
}

// A value as messages show it.
std::string shown(const Json& value) {
  constexpr std::size_t most = 40;
  if (value.is_array()) return "a list";
  if (value.is_object()) return "an object";
  if (value.is_string()) return detail::quote(value.get<std::string>().substr(0, most));
  return compact(value).substr(0, most);
}

Json parse_object(std::string_view body) {
  const auto shallow = [](int depth, Json::parse_event_t event, const Json&) {
    const bool opens =
        event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    if (opens && depth > deepest) refuse("the body", "JSON nested deeper", "what the page sends");
    return true;
  };
  try {
    auto json = Json::parse(body.begin(), body.end(), shallow);
    if (!json.is_object()) refuse("the body", shown(json), "an object");
    return json;
  } catch (const Json::exception&) {
    refuse("the body", "text that is not JSON", "an object of JSON");
  }
}

// Fields of an object, each of which must be there, and no others.
class Fields {
 public:
  Fields(const Json& object, std::string where, std::vector<const char*> names)
      : object_(object), where_(std::move(where)) {
    for (const auto& [key, value] : object.items()) {
      const auto is_key = [&key = key](const char* name) { return key == name; };
      if (std::none_of(names.begin(), names.end(), is_key)) {
        refuse(path(key.substr(0, 40)), "an unknown field",
               fmt::format("{}", fmt::join(names, ", ")));
      }
    }
  }

  [[nodiscard]] const Json& at(const char* name) const {
    const auto field = object_.find(name);
    if (field == object_.end()) refuse(path(name), "nothing", "it is required");
    return *field;
  }
  [[nodiscard]] std::string text(const char* name) const {
    const Json& value = at(name);
    if (!value.is_string()) refuse(path(name), shown(value), "text");
    return value.get<std::string>();
  }
  [[nodiscard]] std::uint64_t whole(const char* name, std::uint64_t least,
                                    std::uint64_t most) const {
    const Json& value = at(name);
    const bool fits = value.is_number_unsigned() && value.get<std::uint64_t>() >= least &&
                      value.get<std::uint64_t>() <= most;
    if (!fits) {
      refuse(path(name), shown(value), fmt::format("a whole number from {} to {}", least, most));
    }
    return value.get<std::uint64_t>();
  }
  [[nodiscard]] std::string path(const std::string& name) const { return where_ + name; }

 private:
  const Json& object_;
  std::string where_;
};

std::string yaml_of(const Fields& fields) {
  auto yaml = fields.text("yaml");
  if (yaml.size() > max_json_bytes) refuse(fields.path("yaml"), "too long a text", "256 KiB");
  return yaml;
}

std::vector<VariantText> parse_variants(const Json& list) {
  if (!list.is_array() || list.size() > max_run_variants) {
    refuse("variants", list.is_array() ? fmt::format("{} variants", list.size()) : shown(list),
           fmt::format("a list of at most {}", max_run_variants));
  }
  std::vector<VariantText> variants;
  for (std::size_t v = 0; v < list.size(); ++v) {
    const auto where = fmt::format("variants[{}].", v);
    if (!list[v].is_object()) refuse(where, shown(list[v]), "an object");
    const Fields fields(list[v], where, {"name", "yaml"});
    VariantText variant{require_name(where + "name", fields.text("name")), yaml_of(fields)};
    const bool known = variant.name == "baseline" ||
                       std::any_of(variants.begin(), variants.end(), [&](const VariantText& other) {
                         return other.name == variant.name;
                       });
    if (known) refuse(where + "name", detail::quote(variant.name) + " again", "distinct names");
    variants.push_back(std::move(variant));
  }
  return variants;
}

}  // namespace

RunRequest parse_run_request(std::string_view body) {
  const Json json = parse_object(body);
  const Fields fields(json, "", {"scenario", "seed", "first_replicate", "replicates", "variants"});
  RunRequest request;
  request.scenario = require_name("scenario", fields.text("scenario"));
  if (!fields.at("seed").is_null()) {
    request.seed =
        parse_whole("seed", fields.text("seed"), std::numeric_limits<std::uint64_t>::max());
  }
  request.replicates = fields.whole("replicates", 1, max_run_replicates);
  request.first_replicate =
      fields.whole("first_replicate", 0, last_replicate - (request.replicates - 1));
  request.variants = parse_variants(fields.at("variants"));
  return request;
}

CheckRequest parse_check_request(std::string_view body) {
  const Json json = parse_object(body);
  const Fields fields(json, "", {"scenario", "yaml"});
  return {require_name("scenario", fields.text("scenario")), yaml_of(fields)};
}

std::uint64_t parse_whole(std::string_view what, std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > most) {
    refuse(what, detail::quote(std::string(text.substr(0, 40))),
           fmt::format("a whole number from 0 to {}", most));
  }
  return value;
}

const std::string& require_name(std::string_view what, const std::string& name) {
  if (!is_plain_name(name)) {
    refuse(what, detail::quote(name.substr(0, 40)), "1 to 40 of a-z, 0-9 and -");
  }
  return name;
}

}  // namespace entente::lab
