#include "io/scenario/selector.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>

#include "io/scenario/suggest.hpp"

namespace entente::detail {

namespace {

class Selection {
 public:
  Selection(const Candidates& candidates, Problems& problems)
      : candidates_(candidates), problems_(problems), chosen_(candidates.size(), 0) {}

  void select(const Place& place) {
    if (place->is_mapping())
      select_mapping(place);
    else if (place->is_scalar() && place.text() == "all")
      std::fill(chosen_.begin(), chosen_.end(), char{1});
    else
      select_ids(place);
  }

  [[nodiscard]] std::vector<std::uint32_t> result() const {
    std::vector<std::uint32_t> list;
    for (std::uint32_t i = 0; i < chosen_.size(); ++i)
      if (chosen_[i] != 0) list.push_back(i);
    return list;
  }

 private:
  void select_ids(const Place& place) {
    for (const auto& id : place.one_or_list()) {
      if (const auto candidate = candidates_.find(id.text()))
        chosen_[*candidate] = 1;
      else if (candidates_.complete)
        problems_.add(
            id, unknown_name(id.text(), candidates_.ids, "ids of data.actors and actors.define"));
    }
  }

  void select_mapping(const Place& place) {
    const bool joined =
        place.find("ids") || place.find("org") || place.find("region") || place.find("subregion");
    if (!joined) std::fill(chosen_.begin(), chosen_.end(), char{1});
    if (const auto ids = place.find("ids")) select_ids(ids);
    for (const auto& org : place.find("org").one_or_list()) select_org(org);
    select_where(place.find("region"), candidates_.regions, "regions of data.actors");
    select_where(place.find("subregion"), candidates_.subregions, "subregions of data.actors");
    if (const auto except = place.find("except"))
      for (const auto i : select_candidates(except, candidates_, problems_)) chosen_[i] = 0;
  }

  void select_org(const Place& org) {
    const auto known = candidates_.members.find(org.text());
    if (known != candidates_.members.end()) {
      for (const auto i : known->second) chosen_[i] = 1;
    } else if (candidates_.complete) {
      std::vector<std::string> orgs;
      for (const auto& entry : candidates_.members) orgs.push_back(entry.first);
      problems_.add(org, unknown_name(org.text(), orgs, "organisations of data.membership"));
    }
  }

  void select_where(const Place& place, const std::vector<std::string>& regions, const char* what) {
    for (const auto& region : place.one_or_list()) {
      bool known = false;
      for (std::size_t i = 0; i < regions.size(); ++i) {
        if (regions[i] != region.text()) continue;
        chosen_[i] = 1;
        known = true;
      }
      if (known || !candidates_.complete) continue;
      std::vector<std::string> names;
      for (const auto& name : regions)
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
          names.push_back(name);
      problems_.add(region, unknown_name(region.text(), names, what));
    }
  }

  const Candidates& candidates_;
  Problems& problems_;
  std::vector<char> chosen_;
};

// Ids that a selector names outright (not those that it leaves out).
std::vector<Place> named_ids(const Place& place) {
  if (place->is_mapping()) return place.find("ids").one_or_list();
  if (place->is_scalar() && place.text() == "all") return {};
  return place.one_or_list();
}

}  // namespace

std::vector<std::uint32_t> select_candidates(const Place& place, const Candidates& candidates,
                                             Problems& problems) {
  Selection selection(candidates, problems);
  selection.select(place);
  return selection.result();
}

std::vector<std::uint32_t> select_actors(const Place& place, World& world) {
  const auto before = world.problems.size();
  std::vector<std::uint32_t> actors;
  for (const auto i : select_candidates(place, world.candidates, world.problems))
    if (world.actor_of[i]) actors.push_back(*world.actor_of[i]);
  for (const auto& id : named_ids(place)) (void)world.actor(id);
  if (actors.empty() && world.problems.size() == before && world.candidates.complete &&
      !world.selected.empty())
    world.problems.add(
        place, "found a selector that names no actor of the scenario; allowed: one or more");
  return actors;
}

std::vector<std::uint32_t> select_actors_or_all(const Place& place, World& world) {
  if (place) return select_actors(place, world);
  std::vector<std::uint32_t> all(world.selected.size());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

}  // namespace entente::detail
