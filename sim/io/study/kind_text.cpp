// Distributions and designs as a study writes them.
#include <fmt/format.h>

#include <cmath>
#include <string>
#include <type_traits>
#include <utility>

#include "entente/io/study.hpp"
#include "io/study/kind_fields.hpp"

namespace entente {

namespace {

template <class Number>
std::string text_of_list(const std::vector<Number>& list) {
  if (list.size() == 1) return fmt::format("{}", list.front());
  return fmt::format("[{}]", fmt::join(list, ", "));
}

template <class Member>
std::string text_of_member(const Member& member) {
  if constexpr (std::is_enum_v<Member>)
    return std::string(detail::names_of(member)[static_cast<std::size_t>(member)]);
  else if constexpr (std::is_arithmetic_v<Member>)
    return fmt::format("{}", member);
  else
    return text_of_list(member);
}

template <class Member>
bool is_absent(const Member& member) {
  if constexpr (std::is_same_v<Member, double>) return !std::isfinite(member);
  return false;
}

// `name: {key: value}`, or `name: [value]` where that says the same.
template <class Kind>
std::string text_of_kind(std::string_view name, Kind kind) {
  std::string values, entries;
  detail::visit_fields(
      [&](const detail::KindField& field, auto& member) {
        if (is_absent(member)) return;
        const auto value = text_of_member(member);
        values += (values.empty() ? "" : ", ") + value;
        entries += (entries.empty() ? "" : ", ") + std::string(field.key) + ": " + value;
      },
      kind);
  if (detail::has_short_form<Kind>()) return fmt::format("{}: [{}]", name, values);
  return fmt::format("{}: {{{}}}", name, entries);
}

}  // namespace

std::string text_of(const Distribution& distribution) {
  if (std::holds_alternative<Choice>(distribution)) return "choice";
  return std::visit([&](const auto& kind) { return text_of_kind(name_of(distribution), kind); },
                    distribution);
}

std::string text_of(const DesignKind& kind) {
  if (const auto* list = std::get_if<ListDesign>(&kind))
    return fmt::format("list: {{values: {}}}", list->values.size());
  return std::visit([&](const auto& design) { return text_of_kind(name_of(kind), design); }, kind);
}

std::string text_of(const FactorSpace& space, std::size_t factor) {
  const auto& source = space.factors().at(factor).source;
  if (const auto* distribution = std::get_if<Distribution>(&source)) return text_of(*distribution);
  const auto& place = std::get<BlockPlace>(source);
  const Normal own = marginal(space.blocks()[place.block], place.place);
  return fmt::format("fitted: [{}, {}]", own.mean, own.sd);
}

}  // namespace entente
