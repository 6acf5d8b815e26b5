#include "entente/terms/registry.hpp"

#include <vector>

#include "terms/alignment.hpp"
#include "terms/bandwagon.hpp"
#include "terms/baseline.hpp"
#include "terms/confrontation.hpp"
#include "terms/covariate.hpp"
#include "terms/cross.hpp"
#include "terms/economic.hpp"
#include "terms/embeddedness.hpp"
#include "terms/exclusivity.hpp"
#include "terms/grievance.hpp"
#include "terms/mediation.hpp"
#include "terms/need.hpp"
#include "terms/pressure.hpp"
#include "terms/rights.hpp"
#include "terms/rivalry.hpp"
#include "terms/security.hpp"
#include "terms/switching.hpp"

namespace entente {

const TermRegistry& builtin_terms() {
  static const std::vector<TermInfo> table{
      detail::baseline_term(),    detail::security_term(),      detail::economic_term(),
      detail::rights_term(),      detail::alignment_term(),     detail::bandwagon_term(),
      detail::rivalry_term(),     detail::confrontation_term(), detail::pressure_term(),
      detail::need_term(),        detail::cross_term(),         detail::switching_term(),
      detail::exclusivity_term(), detail::grievance_term(),     detail::embeddedness_term(),
      detail::mediation_term(),
  };
  static const TermRegistry registry{table, detail::covariate_term};
  return registry;
}

}  // namespace entente
