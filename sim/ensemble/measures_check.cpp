#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "entente/ensemble/measures.hpp"
#include "entente/ensemble/measures_table.hpp"
#include "model/findings.hpp"

namespace entente {
namespace {

using detail::Findings;
using detail::text;

using Numbers = std::vector<std::uint32_t>;

/// Checks the fields of one measure, each by its type.
class Checker {
 public:
  Checker(const Model& model, std::string name, Findings& findings)
      : model_(model), name_(std::move(name)), findings_(findings) {}

  void operator()(const MeasureField& field, std::size_t& authority) {
    findings_.below(path(field.key), authority, model_.authorities.size());
  }
  void operator()(const MeasureField&, LadderRole& ladder) { ladder_ = ladder; }
  void operator()(const MeasureField& field, Rung& rung) {
    findings_.below(path(field.key), rung, model_.ladders[index_of(ladder_)].size());
  }
  void operator()(const MeasureField& field, AuthorityState& state) {
    findings_.below(path(field.key), static_cast<std::uint64_t>(state), authority_state_count);
  }
  void operator()(const MeasureField& field, std::uint32_t& value) {
    if (field.type == MeasureFieldType::step) {
      findings_.below(path(field.key), value, model_.calendar.steps());
    } else if (field.type == MeasureFieldType::policy) {
      findings_.below(path(field.key), value, 1 + model_.groups.size());
    }
  }
  void operator()(const MeasureField& field, std::optional<std::uint32_t>& step) {
    if (step) findings_.below(path(field.key), *step, model_.calendar.steps());
  }
  void operator()(const MeasureField& field, Numbers& list) {
    const bool actors = field.type == MeasureFieldType::actors;
    const std::size_t count = actors ? model_.actors.size() : model_.calendar.steps();
    if (field.required && list.empty()) findings_.report(path(field.key), "nobody", "one or more");
    for (std::size_t x = 0; x < list.size(); ++x) {
      findings_.below(path(field.key), list[x], count);
      if (x > 0 && list[x] <= list[x - 1]) {
        findings_.report(path(field.key), text(list[x]) + " behind " + text(list[x - 1]),
                         "ascending numbers");
      }
    }
  }
  void operator()(const MeasureField& field, double& alpha) {
    const bool within = alpha >= 0.0 && alpha <= 1.6;  // false for NaN
    if (!within) findings_.report(path(field.key), fmt::format("{:.9g}", alpha), "0 to 1.6");
  }

  // What fields must be to each other.
  void together(const Outcome& m) {
    at_least(m.at_least, 1, model_.actors.size() - std::min(m.leave_out.size(), actors({})));
  }
  void together(const ArrivalMeasure& m) { at_least(m.at_least, 1, actors(m.actors)); }
  void together(const ReachMeasure& m) { at_least(m.at_least, 0, m.actors.size()); }
  void together(const PolarisationMeasure& m) {
    for (const auto i : m.first) {
      if (std::find(m.second.begin(), m.second.end(), i) == m.second.end()) continue;
      findings_.report(path("second"), "actor " + text(i) + " of the first group", "other actors");
    }
  }
  void together(const CascadeMeasure& m) {
    if (!m.after) return;
    const std::uint32_t earliest = m.by.empty() ? model_.calendar.steps() - 1 : m.by.front();
    if (earliest > *m.after) return;
    findings_.report(path("by"), text(earliest), "steps after " + text(*m.after));
  }
  void together(const ImportanceMeasure& m) {
    const auto& all = model_.actors;
    const bool weighty = std::any_of(m.actors.begin(), m.actors.end(), [&](std::uint32_t i) {
      return i >= all.size() || all[i].importance > 0.0F;
    });
    if (m.actors.empty() || weighty) return;
    findings_.report(path("actors"), "none of any importance", "actors of some importance");
  }
  template <class M>
  void together(const M&) {}

 private:
  [[nodiscard]] std::string path(std::string_view field) const {
    return name_ + '.' + std::string(field);
  }
  [[nodiscard]] std::size_t actors(const Numbers& among) const {
    return among.empty() ? model_.actors.size() : among.size();
  }
  void at_least(std::uint32_t value, std::uint32_t least, std::size_t most) {
    if (value >= least && value <= most) return;
    findings_.report(path("at_least"), text(value), text(least) + " to " + text(most));
  }

  const Model& model_;
  std::string name_;
  Findings& findings_;
  LadderRole ladder_ = LadderRole::engagement;
};

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

}  // namespace

std::vector<std::string> violations(const Model& model, std::span<const Measure> measures) {
  Findings findings;
  std::vector<std::string_view> names;
  for (const auto& measure : measures) {
    names.push_back(measure.name);
    if (!std::all_of(measure.name.begin(), measure.name.end(), is_plain)) {
      findings.report("outcomes", "the name '" + measure.name + "'",
                      "letters, digits, '_' and '-'");
    }
    Checker checker(model, measure.name, findings);
    MeasureKind kind = measure.kind;
    std::visit(
        [&](auto& m) {
          visit_fields(checker, m);
          checker.together(m);
        },
        kind);
  }
  findings.unique_names("outcomes", std::move(names));
  return findings.take();
}

}  // namespace entente
