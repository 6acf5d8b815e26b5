#include "io/scenario/spec.hpp"

#include <fmt/format.h>

#include <cmath>

#include "io/scenario/suggest.hpp"

namespace entente::detail {

namespace {

std::string describe_range(const Spec& spec, std::string_view noun) {
  std::string text;
  const bool low = std::isfinite(spec.min);
  const bool high = std::isfinite(spec.max);
  // Ranges come from floats: show 0.1, not 0.10000000149.
  const auto min = static_cast<float>(spec.min);
  const auto max = static_cast<float>(spec.max);
  if (spec.scalar == Scalar::integer)
    text = spec.max < 1e19 ? fmt::format("{} from {:.0f} to {:.0f}", noun, spec.min, spec.max)
                           : fmt::format("{} below 2^64", noun);
  else if (low && high)
    text = fmt::format("{} from {} to {}", noun, min, max);
  else if (low)
    text = fmt::format("{} from {} on", noun, min);
  else
    text = fmt::format("a finite {}", noun);
  if (!spec.unit.empty()) text += fmt::format(" [{}]", spec.unit);
  return text;
}

std::string describe_scalar(const Spec& spec) {
  switch (spec.scalar) {
    case Scalar::none:
      return {};
    case Scalar::text:
      return "text";
    case Scalar::number:
      return describe_range(spec, "number");
    case Scalar::integer:
      return describe_range(spec, "whole number");
    case Scalar::boolean:
      return "true or false";
    case Scalar::date:
      return "a date (YYYY, YYYY-MM or YYYY-MM-DD)";
    case Scalar::duration:
      return "a number and a unit (such as 6 months)";
    case Scalar::choice:
      return join(spec.choices);
    case Scalar::rule:
      return "a number or an expression";
  }
  return {};
}

}  // namespace

std::string describe(const Spec& spec) {
  std::vector<std::string> forms;
  if (spec.scalar != Scalar::none) forms.push_back(describe_scalar(spec));
  if (spec.item != nullptr) forms.emplace_back("a list");
  if (spec.mapping) forms.emplace_back("a mapping");
  return fmt::format("{}", fmt::join(forms, " or "));
}

}  // namespace entente::detail
