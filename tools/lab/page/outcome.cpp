#include <algorithm>
#include <limits>

#include "io/fields.hpp"
#include "lab/page/documents.hpp"
#include "lab/page/outcome_tables.hpp"

namespace entente::lab {
namespace {

Json numbers(const std::vector<double>& values) {
  Json out = Json::array();
  for (const double value : values) out.push_back(rounded(value));
  return out;
}

Json band_json(const Band& band) {
  const bool inner = !band.inner_low.empty();
  return {{"mean", numbers(band.mean)},
          {"low", numbers(band.low)},
          {"high", numbers(band.high)},
          {"inner_low", inner ? numbers(band.inner_low) : Json(nullptr)},
          {"inner_high", inner ? numbers(band.inner_high) : Json(nullptr)}};
}

Json bands_json(const std::vector<Band>& bands) {
  Json out = Json::array();
  for (const auto& band : bands) out.push_back(band_json(band));
  return out;
}

/// Shares of the rungs of each row; they add up to 1000.
Json shares_json(const std::vector<std::uint64_t>& counts, std::size_t rungs, std::size_t whole) {
  Json out = Json::array();
  for (std::size_t first = 0; first < counts.size(); first += rungs) {
    std::uint64_t sum = 0, told = 0;
    for (std::size_t r = 0; r < rungs; ++r) {
      sum += counts[first + r];
      const std::uint64_t up_to = per_mille(sum, whole);
      out.push_back(up_to - told);
      told = up_to;
    }
  }
  return out;
}

Json ladder_json(const LadderTable& table, std::size_t rungs, std::size_t replicates) {
  Json reach = Json::array();
  for (std::size_t first = 0; first < table.standing.size(); first += rungs) {
    std::vector<std::uint64_t> above(rungs, 0);
    for (std::size_t r = rungs; r-- > 1;) {
      above[r] = table.standing[first + r] + (r + 1 < rungs ? above[r + 1] : 0);
    }
    for (std::size_t r = 1; r < rungs; ++r) reach.push_back(per_mille(above[r], replicates));
  }
  return {{"reach", std::move(reach)}, {"counts", bands_json(table.counts)}};
}

Json authority_json(const Model& model, const OutcomeTable& table, const AuthorityTable& own) {
  Json ladders = Json::array();
  for (const auto role : all_ladders) {
    const std::size_t d = index_of(role);
    ladders.push_back(ladder_json(own.ladders[d], model.ladders[d].size(), table.replicates));
  }
  Json out{
      {"ladders", std::move(ladders)}, {"rights", nullptr}, {"postures", nullptr}, {"states", {}}};
  if (!table.surroundings) return out;
  out["rights"] = shares_json(own.rights, model.rights.size(), table.replicates);
  out["postures"] = Json::array();
  for (const auto& posture : own.postures) {
    out["postures"].push_back(shares_json(posture, model.posture.size(), table.replicates));
  }
  out["states"] = bands_json(own.states);
  return out;
}

Band count_band(const Summary& summary, std::size_t authority, LadderRole role, Rung rung) {
  Band band;
  for (std::size_t t = 0; t < summary.steps(); ++t) {
    band.mean.push_back(summary.mean_count(authority, role, t, rung));
    const auto put = [&](std::vector<double>& row, double q) {
      row.push_back(static_cast<double>(summary.quantile_count(authority, role, t, rung, q)));
    };
    put(band.low, 0.05);
    put(band.inner_low, 0.25);
    put(band.inner_high, 0.75);
    put(band.high, 0.95);
  }
  return band;
}

LadderTable ladder_of(const Model& model, const Summary& summary, std::size_t authority,
                      LadderRole role) {
  const std::size_t rungs = model.ladders[index_of(role)].size();
  const auto n = static_cast<double>(summary.replicates());
  LadderTable out;
  for (std::size_t t = 0; t < summary.steps(); ++t) {
    for (std::size_t i = 0; i < model.actors.size(); ++i) {
      for (std::size_t r = 0; r < rungs; ++r) {
        const double share = summary.probability(authority, role, t, i, static_cast<Rung>(r));
        out.standing.push_back(static_cast<std::uint64_t>(share * n + 0.5));
      }
    }
  }
  for (std::size_t r = 1; r < rungs; ++r) {
    out.counts.push_back(count_band(summary, authority, role, static_cast<Rung>(r)));
  }
  return out;
}

void add_states(const Model& model, const StateSummary& states, OutcomeTable& out) {
  const std::size_t steps = model.calendar.steps();
  const auto rungs_of = [&](std::size_t k, std::size_t ladder, std::size_t rungs) {
    std::vector<std::uint64_t> counts;
    for (std::size_t x = 0; x < steps * rungs; ++x) {
      counts.push_back(states.rung_count(k, ladder, x / rungs, static_cast<Rung>(x % rungs)));
    }
    return counts;
  };
  for (std::size_t k = 0; k < model.authorities.size(); ++k) {
    AuthorityTable& own = out.authorities[k];
    own.rights = rungs_of(k, 0, model.rights.size());
    for (std::size_t g = 0; g < model.groups.size(); ++g) {
      own.postures.push_back(rungs_of(k, 1 + g, model.posture.size()));
    }
    for (const auto& field : state_fields()) {
      Band band;
      for (std::size_t t = 0; t < steps; ++t) {
        add_step(band, states.state(k, field.state, t), static_cast<double>(field.min),
                 static_cast<double>(field.max));
      }
      own.states.push_back(std::move(band));
    }
  }
  for (std::size_t g = 0; g < model.groups.size(); ++g) {
    Band band;
    for (std::size_t t = 0; t < steps; ++t) {
      add_step(band, states.activity(g, t), 0.0, std::numeric_limits<double>::infinity());
    }
    out.activity.push_back(std::move(band));
  }
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    auto& yes = out.bodies.emplace_back();
    for (std::size_t t = 0; t < steps; ++t) yes.push_back(states.yes_count(b, t));
  }
}

}  // namespace

void add_step(Band& band, const Spread& spread, double least, double most) {
  constexpr double quantile = 1.6448536269514722;  // 95 % of the standard normal distribution
  band.mean.push_back(spread.mean);
  band.low.push_back(std::clamp(spread.mean - quantile * spread.deviation, least, most));
  band.high.push_back(std::clamp(spread.mean + quantile * spread.deviation, least, most));
}

OutcomeTable table_of(const Model& model, const Summary& summary, const StateSummary* states) {
  OutcomeTable out;
  out.replicates = summary.replicates();
  out.surroundings = states != nullptr;
  for (std::size_t k = 0; k < model.authorities.size(); ++k) {
    AuthorityTable& own = out.authorities.emplace_back();
    for (const auto role : all_ladders) {
      own.ladders[index_of(role)] = ladder_of(model, summary, k, role);
    }
  }
  if (states != nullptr) add_states(model, *states, out);
  return out;
}

Json outcome_json(const Model& model, const OutcomeTable& table, const Variant& variant,
                  Json events) {
  Json authorities = Json::array();
  for (const auto& own : table.authorities) {
    authorities.push_back(authority_json(model, table, own));
  }
  Json out{{"name", variant.name},         {"title", variant.title},
           {"question", variant.question}, {"reasoning", variant.reasoning},
           {"look_at", variant.look_at},   {"sources", variant.sources},
           {"yaml", variant.text},         {"replicates", table.replicates},
           {"events", std::move(events)},  {"authorities", std::move(authorities)},
           {"activity", nullptr},          {"bodies", nullptr}};
  if (!table.surroundings) return out;
  out["activity"] = bands_json(table.activity);
  out["bodies"] = Json::array();
  for (const auto& body : table.bodies) {
    Json yes = Json::array();
    for (const auto count : body) yes.push_back(per_mille(count, table.replicates));
    out["bodies"].push_back(std::move(yes));
  }
  return out;
}

Json outcome_document(const Model& model, const Summary& summary, const StateSummary* states,
                      const Variant& variant) {
  return outcome_json(model, table_of(model, summary, states), variant, events_json(model));
}

}  // namespace entente::lab
