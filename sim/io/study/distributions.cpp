#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/study/context.hpp"
#include "io/study/flow_text.hpp"
#include "io/study/kind_fields.hpp"

namespace entente::detail {

namespace {

/// Fills the fields of a distribution from a mapping, or from the list of them.
class FieldReader {
 public:
  FieldReader(const Place& place, Problems& problems) : place_(place), problems_(problems) {}

  void operator()(const KindField& field, double& member) { member = number(field, member); }

  void operator()(const KindField& field, std::int64_t& member) {
    const double value = number(field, static_cast<double>(member));
    constexpr double largest = 9007199254740992.0;  // 2^53: beyond it doubles skip whole numbers
    if (std::floor(value) == value && std::abs(value) <= largest) {
      member = static_cast<std::int64_t>(value);
      return;
    }
    problems_.add(at_, fmt::format("found {}; allowed: whole numbers", quote(at_.text())));
    fine_ = false;
  }

  [[nodiscard]] bool fine() const { return fine_; }

 private:
  double number(const KindField& field, double fallback) {
    at_ = place_->is_sequence() ? place_.item(next_++) : place_.find(field.key);
    return number_or(at_, fallback);
  }

  const Place& place_;
  Problems& problems_;
  Place at_;
  std::size_t next_ = 0;
  bool fine_ = true;
};

// Numbers are told from texts. A number in quotes is text, and so is a mapping in quotes.
KnobValue choice_of(const YamlNode& node) {
  if (!node.is_scalar() || node.quoted) return flow_text(node);
  if (const auto number = parse_number(node.text)) return *number;
  return node.text;
}

std::optional<Distribution> read_choice(const Place& place, std::vector<KnobValue>& choices,
                                        Problems& problems) {
  for (const auto& item : place.one_or_list()) {
    if (item->kind == YamlNode::Kind::null)
      problems.add(item, "found nothing; allowed: a value of the scenario");
    auto value = choice_of(*item.node);
    for (const auto& other : choices)
      if (other == value)
        problems.add(item, fmt::format("found {} twice; allowed: once", quote(text_of(value))));
    choices.push_back(std::move(value));
  }
  if (choices.empty()) return std::nullopt;
  return Choice{choices.size()};
}

}  // namespace

std::optional<Distribution> read_distribution(const Place& value, std::vector<KnobValue>& choices,
                                              Problems& problems) {
  if (value->tainted) return std::nullopt;
  std::optional<Distribution> found;
  for_each_kind<Distribution>([&](auto kind) {
    if (name_of(Distribution{kind}) != value.key) return;
    if constexpr (std::is_same_v<decltype(kind), Choice>) {
      found = read_choice(value, choices, problems);
    } else {
      FieldReader reader(value, problems);
      visit_fields(reader, kind);
      if (reader.fine()) found = kind;
    }
  });
  if (!found) return std::nullopt;
  const auto findings = violations(*found, "");
  report_findings(findings, value, problems);
  return findings.empty() ? found : std::nullopt;
}

}  // namespace entente::detail
