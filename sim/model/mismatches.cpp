#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entente/model/model.hpp"
#include "model/findings.hpp"

namespace entente {
namespace {

using detail::Findings;

using Words = std::vector<std::string>;

template <class List>
Words ids_of(const List& list) {
  Words ids;
  ids.reserve(list.size());
  for (const auto& entry : list) ids.push_back(entry.id);
  return ids;
}

std::string joined(const Words& words) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

Words without(const Words& all, const Words& known) {
  Words left;
  for (const auto& word : all)
    if (std::find(known.begin(), known.end(), word) == known.end()) left.push_back(word);
  return left;
}

// What the variant's list lacks and has too much; nothing where the lists are the same.
void compare(std::string_view path, const Words& baseline, const Words& variant,
             Findings& findings) {
  if (baseline == variant) return;
  const auto gone = without(baseline, variant);
  const auto added = without(variant, baseline);
  std::string found;
  if (!gone.empty()) found = "a list without " + joined(gone);
  if (!added.empty()) found += (found.empty() ? "a list with " : " and with ") + joined(added);
  if (found.empty()) found = "another order";
  findings.report(path, found, "those of the baseline");
}

void compare_entities(const Model& baseline, const Model& variant, Findings& findings) {
  if (ids_of(baseline.actors) != ids_of(variant.actors)) return;  // said already
  for (std::size_t i = 0; i < baseline.actors.size(); ++i) {
    const auto& a = baseline.actors[i];
    const auto& b = variant.actors[i];
    if (a.entity != b.entity)
      findings.report("actors." + b.id, "the luck of entity " + std::to_string(b.entity),
                      "that of " + std::to_string(a.entity) + ", as in the baseline");
  }
}

std::string span_of(const Calendar& calendar) {
  return to_string(calendar.start()) + " to " + to_string(calendar.end()) + " by " +
         std::string(to_string(calendar.unit()));
}

}  // namespace

std::vector<std::string> mismatches(const Model& baseline, const Model& variant) {
  Findings findings;
  compare("actors", ids_of(baseline.actors), ids_of(variant.actors), findings);
  compare_entities(baseline, variant, findings);
  compare("authorities", ids_of(baseline.authorities), ids_of(variant.authorities), findings);
  compare("groups", ids_of(baseline.groups), ids_of(variant.groups), findings);
  for (const auto role : all_ladders)
    compare("ladders." + std::string(to_string(role)) + ".rungs",
            baseline.ladders[index_of(role)].rungs, variant.ladders[index_of(role)].rungs,
            findings);
  compare("ladders.rights.rungs", baseline.rights.rungs, variant.rights.rungs, findings);
  compare("ladders.posture.rungs", baseline.posture.rungs, variant.posture.rungs, findings);
  if (span_of(baseline.calendar) != span_of(variant.calendar))
    findings.report("time", span_of(variant.calendar), span_of(baseline.calendar));
  if (baseline.seed != variant.seed)
    findings.report("seed", std::to_string(variant.seed), std::to_string(baseline.seed));
  return findings.take();
}

}  // namespace entente
