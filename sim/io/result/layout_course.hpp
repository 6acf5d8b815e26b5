#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "io/result/event_text.hpp"
#include "io/result/layout_common.hpp"

// The layout of what happens to the world: series, events, bodies, and where it starts.

namespace entente::detail::layout {

/// One slot that a series moves, by name.
struct SeriesTarget {
  std::uint32_t series;
  std::string parameter;
  std::uint32_t index;  ///< position inside the parameter's values
};

template <class Archive, class M>
void visit_series_targets(Archive& ar, M& model) {
  std::vector<SeriesTarget> targets;
  if constexpr (Archive::writing) {
    for (std::size_t s = 0; s < model.series.size(); ++s) {
      for (const auto slot : model.series[s].slots) {
        const Param param = model.parameters.param_of(slot);
        targets.push_back({static_cast<std::uint32_t>(s), std::string(info(param).key),
                           static_cast<std::uint32_t>(slot - model.parameters.slot(param, 0, 0))});
      }
    }
  }
  ar.dimension("/inputs/series/target", targets);
  ar.values("/inputs/series/target_series", {"target"},
            targets.size(), [&](std::size_t x) -> auto& { return targets[x].series; },
            {"number of the series"});
  ar.values("/inputs/series/target_parameter", {"target"},
            targets.size(), [&](std::size_t x) -> auto& { return targets[x].parameter; },
            {"parameter that the series moves"});
  ar.values("/inputs/series/target_index", {"target"},
            targets.size(), [&](std::size_t x) -> auto& { return targets[x].index; },
            {"position inside the parameter's values, last index fastest"});
  if constexpr (!Archive::writing) {
    for (const auto& target : targets) {
      const auto param = find_parameter(target.parameter);
      if (!param || target.index >= model.parameters.values(*param).size() ||
          target.series >= model.series.size()) {
        throw hdf5::Failure("/inputs/series: a target does not exist");
      }
      model.series[target.series].slots.push_back(model.parameters.slot(*param, 0, 0) +
                                                  target.index);
    }
  }
}

template <class Archive, class M>
void visit_series(Archive& ar, M& model) {
  const std::size_t steps = model.calendar.steps();
  ar.dimension("/inputs/series/series", model.series);
  for (auto& series : model.series) ar.resize(series.values, steps);
  ar.values("/inputs/series/value", {"series", "time"}, model.series.size() * steps,
            [&](std::size_t x) -> auto& { return model.series[x / steps].values[x % steps]; },
            {"base value of the targets at each step"});
  visit_series_targets(ar, model);
}

/// A list of things that are kept as one line of text each, with their ids as labels.
template <class Archive, class List, class FromText>
void visit_texts(Archive& ar, const std::string& axis_path, const std::string& text_path,
                 const Meta& axis_meta, const Meta& meta, List& list,
                 const ParameterTable& parameters, const FromText& from_text) {
  std::vector<std::string> ids;
  std::vector<std::string> texts;
  if constexpr (Archive::writing) {
    for (const auto& item : list) {
      ids.push_back(item.id);
      texts.push_back(to_text(item, parameters));
    }
  }
  ar.axis(
      axis_path, ids, [&](std::size_t x) -> auto& { return ids[x]; }, axis_meta);
  ar.resize(texts, ids.size());
  ar.values(
      text_path, {axis_path.substr(axis_path.rfind('/') + 1)},
      texts.size(), [&](std::size_t x) -> auto& { return texts[x]; }, meta);
  if constexpr (!Archive::writing) {
    for (const auto& text : texts) list.push_back(from_text(text, parameters));
  }
}

template <class Archive, class M>
void visit_happenings(Archive& ar, M& model) {
  visit_texts(ar, "/inputs/events/event", "/inputs/events/definition", {"identifier of the event"},
              {"the event in JSON"}, model.events, model.parameters, event_from_text);
  visit_texts(ar, "/body", "/inputs/bodies/definition", {"identifier of the body"},
              {"the body in JSON"}, model.bodies, model.parameters, body_from_text);
}

template <class Archive, class M>
void visit_start(Archive& ar, M& model) {
  const std::size_t actors = model.actors.size();
  const std::size_t pairs = model.authorities.size() * actors;
  ar.resize(model.initial_rungs, pairs * ladder_count);
  for (const auto d : all_ladders) {
    ar.flags(fmt::format("/inputs/initial/{}", to_string(d)), {"authority", "actor"}, pairs,
             [&](std::size_t x) -> auto& {
               return model.initial_rungs[model.rung_index(x / actors, d, x % actors)];
             },
             model.ladders[index_of(d)].rungs, {"rung at the start"});
  }
  ar.resize(model.initial_salience, model.groups.size() * actors);
  ar.values("/inputs/initial/salience", {"group", "actor"}, model.initial_salience.size(),
            [&](std::size_t x) -> auto& { return model.initial_salience[x]; },
            {"salience of the group's attacks at the start (h)", "1"});
}

}  // namespace entente::detail::layout
