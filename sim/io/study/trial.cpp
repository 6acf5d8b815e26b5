#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "io/scenario/check.hpp"
#include "io/scenario/form.hpp"
#include "io/scenario/overrides.hpp"
#include "io/scenario/resolve.hpp"
#include "io/study/context.hpp"
#include "io/study/knob_plan.hpp"

namespace entente::detail {

namespace {

/// A knob, by its place, and the probe that it is turned to.
struct Turn {
  std::size_t knob = 0;
  std::size_t probe = 0;
};

// Reads the scenario with some knobs turned.
void read_turned(const StudyContext& study, const KnobPlan& plan, const std::vector<Turn>& turns,
                 Problems& problems) {
  auto& sources = study.sources();
  const auto shown = sources[study.root->mark.file].shown;
  auto tried = study.tree;
  Mark mark;
  for (const auto& turn : turns) {
    const auto& knob = plan.knobs()[turn.knob];
    auto setting =
        parse_setting(knob.path + '=' + text_of(knob.probes[turn.probe]), shown, sources, problems);
    if (!setting) continue;
    mark = setting->mark = study.marks[plan.parameter(turn.knob)];
    place_at(setting->value, mark);
    apply_override(tried, std::move(*setting), sources, problems);
  }
  const auto before = problems.size();
  check_form(tried, "", scenario_form(), problems);
  World world(tried, sources, problems);
  resolve(world);
  if (problems.size() > before) return;
  // All points are to meet the same luck, and measures to mean the same.
  for (const auto& message : mismatches(study.world.model, world.model))
    problems.add(mark, "parameters", message);
  for (const auto& message : violations(world.model)) problems.add(mark, "parameters", message);
}

bool is_fine(const StudyContext& study, const KnobPlan& plan, const std::vector<Turn>& turns) {
  Problems problems(study.sources());
  read_turned(study, plan, turns, problems);
  return problems.empty();
}

}  // namespace

void try_values(const StudyContext& study) {
  const KnobPlan plan(study.parameters, *study.space, study.world.model);
  std::size_t most = 0;
  for (const auto& knob : plan.knobs()) most = std::max(most, knob.probes.size());
  for (std::size_t n = 0; n < most; ++n) {
    std::vector<Turn> all;
    for (std::size_t k = 0; k < plan.knobs().size(); ++k)
      all.push_back({k, std::min(n, plan.knobs()[k].probes.size() - 1)});
    if (is_fine(study, plan, all)) continue;
    for (const auto& turn : all)
      if (!is_fine(study, plan, {turn})) read_turned(study, plan, {turn}, study.problems());
  }
}

}  // namespace entente::detail
