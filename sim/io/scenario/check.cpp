#include "io/scenario/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"

namespace entente::detail {

namespace {

class Checker {
 public:
  explicit Checker(Problems& problems) : problems_(problems) {}

  void check(YamlNode& node, const std::string& path, const Spec& spec) {
    switch (node.kind) {
      case YamlNode::Kind::null:
        if (!spec.null)
          refuse(node, path, fmt::format("found nothing; allowed: {}", describe(spec)));
        break;
      case YamlNode::Kind::scalar:
        check_scalar(node, path, spec);
        break;
      case YamlNode::Kind::sequence:
        check_sequence(node, path, spec);
        break;
      case YamlNode::Kind::mapping:
        check_mapping(node, path, spec);
        break;
    }
    if (node.bad) node.tainted = true;
  }

 private:
  void refuse(YamlNode& node, const std::string& path, const std::string& message) {
    problems_.add(node.mark, path, message);
    node.bad = true;
  }

  void check_scalar(YamlNode& node, const std::string& path, const Spec& spec) {
    if (spec.scalar == Scalar::choice) {
      if (std::find(spec.choices.begin(), spec.choices.end(), node.text) == spec.choices.end())
        refuse(node, path, unknown_name(node.text, spec.choices, describe(spec)));
    } else if (!fits(node, spec)) {
      const auto* article = node.quoted && spec.scalar != Scalar::text ? "quoted " : "";
      refuse(node, path,
             fmt::format("found {}{}; allowed: {}", article, quote(node.text), describe(spec)));
    }
  }

  static bool fits(const YamlNode& node, const Spec& spec) {
    switch (spec.scalar) {
      case Scalar::none:
        return false;
      case Scalar::number: {
        const auto value = node.quoted ? std::nullopt : parse_number(node.text);
        return value && allows(spec, *value);
      }
      case Scalar::integer: {
        const auto value = node.quoted ? std::nullopt : parse_integer(node.text);
        return value && static_cast<double>(*value) >= spec.min &&
               static_cast<double>(*value) <= spec.max;
      }
      case Scalar::boolean:
        return !node.quoted && parse_boolean(node.text).has_value();
      case Scalar::date:
        return parse_date(node.text).has_value();
      case Scalar::duration:
        return parse_duration(node.text).has_value();
      case Scalar::text:
      case Scalar::choice:
      case Scalar::rule:
        return true;
    }
    return false;
  }

  void check_sequence(YamlNode& node, const std::string& path, const Spec& spec) {
    if (spec.item == nullptr)
      return refuse(node, path, fmt::format("found a list; allowed: {}", describe(spec)));
    const auto size = node.children.size();
    if (size < spec.min_items || size > spec.max_items)
      return refuse(node, path,
                    size == 0
                        ? fmt::format("found an empty list; allowed: {} or more", spec.min_items)
                        : fmt::format("found a list of {}; allowed: {} to {}", size, spec.min_items,
                                      spec.max_items));
    for (std::size_t k = 0; k < size; ++k) {
      check(node.children[k], fmt::format("{}[{}]", path, k), *spec.item);
      node.tainted |= node.children[k].tainted;
    }
  }

  void check_mapping(YamlNode& node, const std::string& path, const Spec& spec) {
    if (!spec.mapping)
      return refuse(node, path, fmt::format("found a mapping; allowed: {}", describe(spec)));
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
      const auto* value = value_spec(node, k, path, spec);
      if (value != nullptr) check(node.children[k], join_path(path, node.keys[k]), *value);
      node.children[k].bad |= value == nullptr;
      node.tainted |= node.children[k].tainted || node.children[k].bad;
    }
    for (const auto& key : spec.keys) {
      if (!key.required || node.position(key.name) < node.keys.size()) continue;
      problems_.add(node.mark, path,
                    fmt::format("found no key '{}'; allowed: it is required", key.name));
      node.tainted = true;
    }
  }

  const Spec* value_spec(const YamlNode& node, std::size_t k, const std::string& path,
                         const Spec& spec) {
    const auto& name = node.keys[k];
    const auto known = std::find_if(spec.keys.begin(), spec.keys.end(),
                                    [&](const KeySpec& key) { return key.name == name; });
    if (known != spec.keys.end()) return known->value;
    if (spec.others != nullptr && (spec.other_keys != Scalar::date || parse_date(name)))
      return spec.others;
    if (spec.others != nullptr) {
      problems_.add(
          node.key_marks[k], path,
          fmt::format("found key {}; allowed: a date (YYYY, YYYY-MM or YYYY-MM-DD)", quote(name)));
      return nullptr;
    }
    std::vector<std::string> names;
    for (const auto& key : spec.keys) names.push_back(key.name);
    problems_.add(node.key_marks[k], path, unknown_name(name, names, join(names), "unknown key"));
    return nullptr;
  }

  Problems& problems_;
};

}  // namespace

bool allows(const Spec& spec, double value) {
  // Limits are floats, as the model's numbers are: 0.7 must not exceed 0.7F.
  return static_cast<float>(value) >= static_cast<float>(spec.min) &&
         static_cast<float>(value) <= static_cast<float>(spec.max);
}

const Spec* find_spec(const Spec& root, const std::vector<std::string>& parts) {
  const auto* spec = &root;
  for (const auto& part : parts) {
    const auto known = std::find_if(spec->keys.begin(), spec->keys.end(),
                                    [&](const KeySpec& key) { return key.name == part; });
    // What is no key is an element of a list, by its position or id.
    spec = known != spec->keys.end() ? known->value
           : spec->others != nullptr ? spec->others
                                     : spec->item;
    if (spec == nullptr) return nullptr;
  }
  return spec;
}

void check_form(YamlNode& node, const std::string& path, const Spec& spec, Problems& problems) {
  Checker(problems).check(node, path, spec);
}

}  // namespace entente::detail
