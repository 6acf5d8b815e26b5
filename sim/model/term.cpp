#include "entente/model/term.hpp"

namespace entente {
namespace {

constexpr std::array<std::string_view, driver_count> driver_names{
    "security",  "grievance",       "economic",        "rights",        "alignment",
    "cover",     "bandwagon",       "rivalry",         "confrontation", "pressure",
    "need",      "trust",           "engagement",      "coercion",      "rival_claims",
    "mediation", "security_weight", "economic_weight", "rights_weight", "alignment_weight",
    "capability"};

}  // namespace

std::string_view to_string(Driver driver) { return driver_names[static_cast<std::size_t>(driver)]; }

std::vector<Driver> members(DriverSet set) {
  std::vector<Driver> drivers;
  for (std::size_t d = 0; d < driver_count; ++d) {
    if (set.contains(static_cast<Driver>(d))) drivers.push_back(static_cast<Driver>(d));
  }
  return drivers;
}

const FieldInfo* TermInfo::field(std::string_view name) const {
  for (const auto& candidate : fields) {
    if (candidate.name == name) return &candidate;
  }
  return nullptr;
}

const TermInfo* TermRegistry::find(std::string_view key) const {
  for (const auto& candidate : terms) {
    if (candidate.key == key) return &candidate;
  }
  return nullptr;
}

}  // namespace entente
