#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "io/result/layout_common.hpp"

// The layout of where a scenario came from: its files, replaced cells, observations.

namespace entente::detail::layout {

template <class Archive, class S>
void visit_replacements(Archive& ar, S& scenario) {
  const std::string folder = "/inputs/scenario/replacement";
  auto& list = scenario.replacements;
  std::vector<std::string> actors;
  if constexpr (Archive::writing) {
    for (const auto& row : list) actors.push_back(fmt::format("{}", fmt::join(row.actors, "\n")));
  }
  ar.dimension(folder, list);
  ar.resize(actors, list.size());
  ar.values(folder + "_column", {"replacement"},
            list.size(), [&](std::size_t x) -> auto& { return list[x].column; },
            {"column of a table in which cells were missing"});
  ar.values(folder + "_rule", {"replacement"},
            list.size(), [&](std::size_t x) -> auto& { return list[x].rule; },
            {"what replaced them"});
  ar.values(folder + "_actors", {"replacement"},
            list.size(), [&](std::size_t x) -> auto& { return actors[x]; },
            {"where they were replaced, one identifier per line"});
  if constexpr (!Archive::writing) {
    for (std::size_t x = 0; x < list.size(); ++x) {
      for (std::size_t at = 0; at < actors[x].size();) {
        const std::size_t end = std::min(actors[x].find('\n', at), actors[x].size());
        list[x].actors.push_back(actors[x].substr(at, end - at));
        at = end + 1;
      }
    }
  }
}

template <class Archive, class S>
void visit_observed(Archive& ar, S& scenario) {
  const std::string folder = "/inputs/scenario/observation";
  const std::vector<std::string> dimensions{"observation"};
  auto& list = scenario.history.observations;
  ar.dimension(folder, list);
  const std::size_t count = list.size();
  ar.values(folder + "_actor", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].actor; }, {"number of the actor"});
  ar.values(folder + "_authority", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].authority; },
            {"number of the authority"});
  ar.flags(folder + "_ladder", dimensions,
           count, [&](std::size_t x) -> auto& { return list[x].ladder; },
           names_of(LadderRole{}, ladder_count), {"ladder"});
  ar.values(folder + "_step", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].step; }, {"number of the step"});
  ar.values(folder + "_rung", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].rung; }, {"number of the rung"});
  ar.flags(folder + "_inherited", dimensions,
           count, [&](std::size_t x) -> auto& { return list[x].inherited; }, no_yes,
           {"whether the rung was taken over from before"});
}

/// Where actors without a row of their own stay.
template <class Archive, class S>
void visit_unrecorded(Archive& ar, S& scenario) {
  struct Row {
    std::uint32_t authority;
    LadderRole ladder;
    Rung rung;
  };
  const std::string folder = "/inputs/scenario/unrecorded";
  const std::vector<std::string> dimensions{"unrecorded"};
  auto& others = scenario.history.others;
  std::vector<Row> list;
  if constexpr (Archive::writing) {
    for (std::size_t x = 0; x < others.size(); ++x) {
      if (!others[x]) continue;
      list.push_back({static_cast<std::uint32_t>(x / ladder_count), all_ladders[x % ladder_count],
                      *others[x]});
    }
  }
  ar.dimension(folder, list);
  const std::size_t count = list.size();
  ar.values(folder + "_authority", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].authority; },
            {"number of the authority"});
  ar.flags(folder + "_ladder", dimensions,
           count, [&](std::size_t x) -> auto& { return list[x].ladder; },
           names_of(LadderRole{}, ladder_count), {"ladder"});
  ar.values(folder + "_rung", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].rung; },
            {"number of the rung at which actors without an observation stay"});
  if constexpr (!Archive::writing) {
    if (list.empty()) return;
    others.resize(scenario.model.authorities.size() * ladder_count);
    for (const auto& row : list) {
      const std::size_t place = row.authority * ladder_count + index_of(row.ladder);
      if (place >= others.size()) throw hdf5::Failure(folder + "_authority: no such authority");
      others[place] = row.rung;
    }
  }
}

/// From where on nothing is known.
template <class Archive, class S>
void visit_censored(Archive& ar, S& scenario) {
  constexpr std::uint32_t everyone = 0xFFFF'FFFF;
  const std::string folder = "/inputs/scenario/censoring";
  const std::vector<std::string> dimensions{"censoring"};
  auto& list = scenario.history.censored;
  ar.dimension(folder, list);
  const std::size_t count = list.size();
  std::vector<std::uint32_t> actors(count, everyone);
  if constexpr (Archive::writing) {
    for (std::size_t x = 0; x < count; ++x) actors[x] = list[x].actor.value_or(everyone);
  }
  ar.values(folder + "_actor", dimensions, count, [&](std::size_t x) -> auto& { return actors[x]; },
            {"number of the actor; 4294967295 = everyone"});
  ar.values(folder + "_authority", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].authority; },
            {"number of the authority"});
  ar.flags(folder + "_ladder", dimensions,
           count, [&](std::size_t x) -> auto& { return list[x].ladder; },
           names_of(LadderRole{}, ladder_count), {"ladder"});
  ar.values(folder + "_step", dimensions,
            count, [&](std::size_t x) -> auto& { return list[x].step; },
            {"number of the step from which on nothing is known"});
  if constexpr (!Archive::writing) {
    for (std::size_t x = 0; x < count; ++x) {
      if (actors[x] != everyone) list[x].actor = actors[x];
    }
  }
}

template <class Archive, class S>
void visit_sources(Archive& ar, S& scenario) {
  const std::string folder = "/inputs/scenario/";
  auto& files = scenario.files;
  ar.axis(folder + "file", files, [&](std::size_t x) -> auto& { return files[x].name; },
          {"file that took part in the scenario"});
  ar.values(folder + "text", {"file"},
            files.size(), [&](std::size_t x) -> auto& { return files[x].text; },
            {"text of the file"});
  auto& overrides = scenario.overrides;
  ar.axis(folder + "override", overrides, [&](std::size_t x) -> auto& { return overrides[x]; },
          {"setting applied last, path=value"});
  visit_replacements(ar, scenario);
  visit_observed(ar, scenario);
  visit_unrecorded(ar, scenario);
  visit_censored(ar, scenario);
}

}  // namespace entente::detail::layout
