#include "engine/drivers.hpp"

#include <algorithm>

#include "core/lanes.hpp"
#include "engine/by_lane.hpp"
#include "engine/look_up.hpp"

namespace entente::detail {
namespace {

std::vector<float> single(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
                          std::size_t column = 0) {
  std::vector<float> out(tile.lanes);
  load_single(m, tile, param, row, column, out.data());
  return out;
}

/// The kernels of one block towards one authority, for the elements taken.
class BlockDrivers {
 public:
  BlockDrivers(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
               std::size_t authority, Workspace& work)
      : m_(m), tile_(tile), shared_(shared), k_(authority), work_(work) {}

  void compute(DriverSet wanted, LadderRole ladder) {
    // These two differ between ladders.
    work_.ready = work_.ready - DriverSet{Driver::alignment, Driver::rival_claims};
    work_.rows.size = work_.size;
    for (std::size_t d = 0; d < driver_count; ++d) {
      const auto driver = static_cast<Driver>(d);
      if (!wanted.contains(driver) || work_.ready.contains(driver)) continue;
      set(driver, row(driver, ladder));
    }
  }

  /// sum_s y o.
  void potential(float* sum) {
    std::fill_n(sum, work_.size, 0.0F);
    for (std::size_t s = 0; s < m_.model.sectors.size(); ++s) {
      const auto* interest = parameter(Param::interest, s, scratch(0));
      const auto* offer = work_.by_lane(shared_.offer[s].data(), scratch(1));
      lanes::each(work_.size, [=](std::size_t x) { sum[x] += interest[x] * offer[x]; });
    }
  }

  /// Who looks at nobody has nobody to conform with.
  const float* alignment_weight(float* out) {
    const auto* weight = parameter(Param::alignment_weight, 0, scratch(0));
    const auto* inverse = inverse_row_sums(scratch(1));
    lanes::each(work_.size, [=](std::size_t x) { out[x] = inverse[x] > 0.0F ? weight[x] : 0.0F; });
    return out;
  }

  void load_covariates() {
    for (std::size_t c = 0; c < work_.covariates.size(); ++c) {
      work_.covariate_rows[c] = parameter(Param::covariate, c, work_.covariates[c].data());
    }
    work_.rows.covariates = work_.covariate_rows;
  }

 private:
  void set(Driver driver, const float* values) {
    work_.rows.rows[static_cast<std::size_t>(driver)] = values;
    work_.ready = work_.ready | DriverSet{driver};
  }

  float* own(Driver driver) { return work_.driver[static_cast<std::size_t>(driver)].data(); }
  float* scratch(std::size_t index) { return work_.scratch[index].data(); }

  const float* parameter(Param param, std::size_t param_row, float* out) {
    return work_.parameter(m_, tile_, param, param_row, out);
  }
  const float* parameter(Param param, std::size_t param_row, Range part, float* out) {
    return work_.parameter(m_, tile_, param, param_row, part, out);
  }

  /// Where the values of a driver stand.
  const float* row(Driver driver, LadderRole ladder) {
    auto* out = own(driver);
    switch (driver) {
      case Driver::security:
        return security(out);
      case Driver::grievance:
        return grievance(out);
      case Driver::economic:
        return economic(out);
      case Driver::rights:
        return product(parameter(Param::rights_sensitivity, 0, scratch(0)), shared_.repression,
                       out);
      case Driver::alignment:
        return alignment(ladder, out);
      case Driver::cover:
        return share_of_row(PeerField::cover, 1.0F, out);
      case Driver::bandwagon:
        return work_.by_lane(shared_.bandwagon.data(), out);
      case Driver::rivalry:
        return rivalry(out);
      case Driver::confrontation:
        return parameter(Param::confrontation, k_, out);
      case Driver::pressure:
        return product(parameter(Param::dependence, 0, scratch(0)), shared_.opposition, out);
      case Driver::need:
        return parameter(Param::need, k_, out);
      case Driver::trust:
        return work_.by_lane(shared_.trust.data(), out);
      case Driver::engagement:
        return height(k_, LadderRole::engagement, out);
      case Driver::coercion:
        return height(k_, LadderRole::coercion, out);
      case Driver::rival_claims:
        return rival_claims(ladder, out);
      case Driver::mediation:
        return work_.by_lane(shared_.mediation.data(), out);
      case Driver::security_weight:
        return parameter(Param::security_weight, 0, out);
      case Driver::economic_weight:
        return parameter(Param::economic_weight, 0, out);
      case Driver::rights_weight:
        return parameter(Param::rights_weight, 0, out);
      case Driver::alignment_weight:
        return m_.fixed_drivers.contains(driver)
                   ? work_.by_actor(&tile_.fixed->alignment_weight[work_.block.first], out)
                   : alignment_weight(out);
      case Driver::capability:
        break;
    }
    return parameter(Param::capability, 0, out);
  }

  /// P = rho (1 - q) (1 + u); H = dependence opposition.
  const float* product(const float* of_actor, const std::vector<float>& by_lane, float* out) {
    const auto* of_lane = work_.by_lane(by_lane.data(), scratch(1));
    lanes::each(work_.size, [=](std::size_t x) { out[x] = of_actor[x] * of_lane[x]; });
    return out;
  }

  /// s_d of the actor's own rung towards an authority.
  const float* height(std::size_t authority, LadderRole role, float* out) {
    const auto& ladder = m_.ladders[index_of(role)];
    const Rung* rung = work_.by_element(
        &tile_.rungs[tile_.rung_row(authority, role, work_.block.first)], work_.other_rung.data());
    const std::size_t size = work_.size;
    const RungTable table = ladder.height;
    with_rungs(ladder.rungs, [&](auto rungs) {
      lanes::each(size, [=](std::size_t x) { out[x] = look_up<rungs>(table, rung[x]); });
    });
    return out;
  }

  /// S = sum_g x min(1, b_g + h) p_g + border (control - 1/2).
  const float* security(float* sum) {
    const auto* border = parameter(Param::border, k_, scratch(0));
    const auto* stability = work_.by_lane(shared_.stability.data(), scratch(1));
    // From zero, so that no sum is -0 and groups that strike nobody here may be left out.
    lanes::each(work_.size, [=](std::size_t x) { sum[x] = 0.0F + border[x] * stability[x]; });
    for (std::size_t g = 0; g < m_.groups; ++g) {
      const auto exposed = work_.exposed_to(m_, g);
      if (!exposed) continue;
      const Range part = work_.of_actors(exposed->first, exposed->last);
      const auto* exposure = parameter(Param::exposure, g, part, scratch(0)) + part.first;
      const auto* posture = work_.by_lane(shared_.posture[g].data(), part, scratch(1)) + part.first;
      const auto* floor =
          work_.by_lane(shared_.threat_floor[g].data(), part, scratch(2)) + part.first;
      const auto* salience =
          work_.by_element(&tile_.salience[(g * m_.actors + work_.block.first) * work_.lanes], part,
                           scratch(3)) +
          part.first;
      auto* out = sum + part.first;
      lanes::each(part.last - part.first, [=](std::size_t x) {
        const float threat = floor[x] + salience[x];
        out[x] += exposure[x] * (threat > 1.0F ? 1.0F : threat) * posture[x];
      });
    }
    return sum;
  }

  /// G = max(0, -S).
  const float* grievance(float* out) {
    if (!work_.ready.contains(Driver::security)) {
      set(Driver::security, security(own(Driver::security)));
    }
    const float* security = work_.rows[Driver::security];
    lanes::each(work_.size,
                [=](std::size_t x) { out[x] = security[x] < 0.0F ? -security[x] : 0.0F; });
    return out;
  }

  /// M = sum_s y o (1 - dependence sanctions).
  const float* economic(float* out) {
    const float* whole = scratch(2);
    if (m_.fixed_potential) {
      whole =
          work_.by_actor(&tile_.fixed->potential[k_ * m_.actors + work_.block.first], scratch(2));
    } else {
      potential(scratch(2));
    }
    const auto* dependence = parameter(Param::dependence, 0, scratch(0));
    const auto* sanctions = work_.by_lane(shared_.sanctions.data(), scratch(1));
    lanes::each(work_.size,
                [=](std::size_t x) { out[x] = whole[x] * (1.0F - dependence[x] * sanctions[x]); });
    return out;
  }

  /// A_d = sum_j W_ij s_d(r_j) / sum_j W_ij.
  const float* alignment(LadderRole ladder, float* out) {
    constexpr std::array<PeerField, ladder_count> fields{PeerField::alignment_engagement,
                                                         PeerField::alignment_recognition,
                                                         PeerField::alignment_coercion};
    return share_of_row(fields[index_of(ladder)], 1.0F / static_cast<float>(height_unit), out);
  }

  const std::int32_t* peers(PeerField field, std::size_t integers) {
    return work_.by_element(&tile_.peers[m_.peer_row(k_, field, work_.block.first) * work_.lanes],
                            work_.integers[integers].data());
  }

  /// A sum over others as a share of what the actor's weights sum to.
  const float* share_of_row(PeerField field, float unit, float* out) {
    const auto* sum = peers(field, 0);
    const auto* inverse = inverse_row_sums(scratch(0));
    lanes::each(work_.size,
                [=](std::size_t x) { out[x] = static_cast<float>(sum[x]) * inverse[x] * unit; });
    return out;
  }

  /// 1 / sum_j W_ij, 0 where nobody is looked at.
  const float* inverse_row_sums(float* out) {
    const std::size_t first = work_.block.first;
    if (tile_.alignment_shift.empty()) return work_.by_actor(&m_.inverse_row_sums[first], out);
    const auto* base =
        work_.by_actor(&m_.model.alignment.row_sums()[first], work_.integers[1].data());
    const auto* moved =
        work_.by_element(&tile_.alignment_shift[first * work_.lanes], work_.integers[2].data());
    lanes::each(work_.size, [=](std::size_t x) {
      const std::int32_t sum = base[x] + moved[x];
      const float value = 1.0F / static_cast<float>(sum);
      out[x] = sum > 0 ? value : 0.0F;
    });
    return out;
  }

  /// V = sum_j V_ij (s_coercion(j) - s_coercion(i)) + eta sum_j V_ij s_engagement(j).
  const float* rivalry(float* out) {
    constexpr float scale =
        1.0F / static_cast<float>(relation_unit) / static_cast<float>(height_unit);
    const std::size_t first = work_.block.first;
    auto* heights = scratch(0);
    height(k_, LadderRole::coercion, heights);
    const auto* coercion = peers(PeerField::rival_coercion, 0);
    const auto* base =
        work_.by_actor(&m_.model.rivalry.row_sums()[first], work_.integers[1].data());
    const bool touched = !tile_.rivalry_shift.empty();
    const auto* moved = touched ? work_.by_element(&tile_.rivalry_shift[first * work_.lanes],
                                                   work_.integers[2].data())
                                : nullptr;
    constexpr float unit = static_cast<float>(height_unit);
    if (touched) {
      lanes::each(work_.size, [=](std::size_t x) {
        const auto own = static_cast<std::int32_t>(heights[x] * unit + 0.5F);
        out[x] = static_cast<float>(coercion[x] - (base[x] + moved[x]) * own) * scale;
      });
    } else {
      lanes::each(work_.size, [=](std::size_t x) {
        const auto own = static_cast<std::int32_t>(heights[x] * unit + 0.5F);
        out[x] = static_cast<float>(coercion[x] - base[x] * own) * scale;
      });
    }
    if (!m_.keeps(PeerField::rival_engagement)) return out;
    const auto* presence = peers(PeerField::rival_engagement, 0);
    const float weight = m_.model.rivalry_presence * scale;
    lanes::each(work_.size,
                [=](std::size_t x) { out[x] += weight * static_cast<float>(presence[x]); });
    return out;
  }

  /// sum over the other authorities of s_d(r_i,k').
  const float* rival_claims(LadderRole ladder, float* out) {
    std::fill_n(out, work_.size, 0.0F);
    for (std::size_t other = 0; other < m_.authorities; ++other) {
      if (other == k_) continue;
      const float* claim = height(other, ladder, scratch(0));
      lanes::each(work_.size, [=](std::size_t x) { out[x] += claim[x]; });
    }
    return out;
  }

  const CompiledModel& m_;
  const Tile& tile_;
  const AuthorityRows& shared_;
  std::size_t k_;
  Workspace& work_;
};

}  // namespace

AuthorityRows::AuthorityRows(const CompiledModel& m, const Tile& tile, std::size_t authority)
    : trust(tile.lanes),
      stability(tile.lanes),
      repression(tile.lanes),
      bandwagon(single(m, tile, Param::standing, authority)),
      sanctions(single(m, tile, Param::sanctions, authority)),
      opposition(single(m, tile, Param::opposition, authority)),
      mediation(single(m, tile, Param::mediation, authority)) {
  const auto& dynamics = m.model.authorities[authority].dynamics;
  const auto state = [&](AuthorityState which) {
    return &tile.authority_states[tile.state_row(authority, which)];
  };
  const auto* hardliner = state(AuthorityState::hardliner);
  const auto* control = state(AuthorityState::control);
  const auto* salience = state(AuthorityState::rights_salience);
  const auto* rights = &tile.authority_rungs[tile.authority_row(authority, 0)];
  const auto* recognising = &tile.recognising[authority * tile.lanes];
  for (std::size_t l = 0; l < tile.lanes; ++l) {
    const float discord = dynamics.incoherence * 4.0F * hardliner[l] * (1.0F - hardliner[l]);
    trust[l] = control[l] * (1.0F - discord);
    stability[l] = control[l] - 0.5F;
    repression[l] = (1.0F - m.model.rights.value[rights[l]]) * (1.0F + salience[l]);
    bandwagon[l] += static_cast<float>(recognising[l]) * (1.0F / importance_unit);
  }
  for (std::size_t g = 0; g < m.groups; ++g) {
    posture.emplace_back(tile.lanes);
    load_posture(m, tile, authority, g, posture.back().data());
    threat_floor.push_back(single(m, tile, Param::threat_floor, 0, g));
  }
  for (std::size_t s = 0; s < m.model.sectors.size(); ++s) {
    offer.push_back(single(m, tile, Param::offer, authority, s));
  }
}

void compute_drivers(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
                     std::size_t authority, LadderRole ladder, DriverSet wanted, Workspace& work) {
  BlockDrivers(m, tile, shared, authority, work).compute(wanted, ladder);
}

void compute_alignment_weight(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
                              std::size_t authority, Workspace& work, float* out) {
  BlockDrivers(m, tile, shared, authority, work).alignment_weight(out);
}

void compute_potential(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
                       std::size_t authority, Workspace& work, float* out) {
  BlockDrivers(m, tile, shared, authority, work).potential(out);
}

void load_covariates(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
                     std::size_t authority, Workspace& work) {
  BlockDrivers(m, tile, shared, authority, work).load_covariates();
}

}  // namespace entente::detail
