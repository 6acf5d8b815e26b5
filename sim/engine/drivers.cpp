#include "engine/drivers.hpp"

#include <algorithm>

#include "core/lanes.hpp"
#include "engine/threats.hpp"

namespace entente::detail {
namespace {

constexpr float relation_scale = 1.0F / static_cast<float>(relation_unit);

std::vector<float> single(const CompiledModel& m, const Tile& tile, Param param, std::size_t row,
                          std::size_t column = 0) {
  std::vector<float> out(tile.lanes);
  load_single(m, tile, param, row, column, out.data());
  return out;
}

/// The kernels of one block towards one authority.
class BlockDrivers {
 public:
  BlockDrivers(const CompiledModel& m, const Tile& tile, const AuthorityRows& shared,
               std::size_t authority, Workspace& work)
      : m_(m), tile_(tile), shared_(shared), k_(authority), work_(work), lanes_(tile.lanes) {}

  void compute() {
    heights();
    if (m_.needs(Driver::security)) security();
    if (m_.needs(Driver::economic)) economic();
    if (m_.needs(Driver::rights)) rights();
    if (m_.needs(Driver::cover)) cover();
    if (m_.needs(Driver::rivalry)) rivalry();
    if (m_.needs(Driver::pressure)) pressure();
    if (m_.needs(Driver::rival_claims)) rival_claims();
    load(Driver::confrontation, Param::confrontation, k_);
    load(Driver::need, Param::need, k_);
    load(Driver::security_weight, Param::security_weight, 0);
    load(Driver::economic_weight, Param::economic_weight, 0);
    load(Driver::rights_weight, Param::rights_weight, 0);
    load(Driver::alignment_weight, Param::alignment_weight, 0);
    if (m_.needs(Driver::alignment)) alignment();
    load(Driver::capability, Param::capability, 0);
    repeat(Driver::trust, shared_.trust);
    repeat(Driver::bandwagon, shared_.bandwagon);
    repeat(Driver::mediation, shared_.mediation);
    for (std::size_t c = 0; c < work_.covariates.size(); ++c) {
      work_.load(m_, tile_, Param::covariate, c, work_.covariates[c].data());
    }
  }

 private:
  float* row(Driver driver) { return work_.rows[static_cast<std::size_t>(driver)].data(); }

  void load(Driver driver, Param param, std::size_t param_row) {
    if (m_.needs(driver)) work_.load(m_, tile_, param, param_row, row(driver));
  }

  void repeat(Driver driver, const std::vector<float>& by_lane) {
    if (!m_.needs(driver)) return;
    for (std::size_t a = 0; a < work_.block.count; ++a) {
      std::copy(by_lane.begin(), by_lane.end(), row(driver) + a * lanes_);
    }
  }

  void heights() {
    for (const auto ladder : all_ladders) {
      const auto* table = m_.ladders[index_of(ladder)].height.data();
      const auto* rung = &tile_.rungs[tile_.rung_row(k_, ladder, work_.block.first)];
      auto* out = work_.height[index_of(ladder)].data();
      lanes::each(work_.size, [=](std::size_t x) { out[x] = table[rung[x]]; });
    }
    std::copy_n(work_.height[index_of(LadderRole::engagement)].begin(), work_.size,
                row(Driver::engagement));
    std::copy_n(work_.height[index_of(LadderRole::coercion)].begin(), work_.size,
                row(Driver::coercion));
  }

  /// S = sum_g x min(1, b_g + h) p_g + border (control - 1/2); G = max(0, -S).
  void security() {
    auto* sum = row(Driver::security);
    auto* factor = work_.scratch.data();
    work_.load(m_, tile_, Param::border, k_, factor);
    const auto* stability = shared_.stability.data();
    for_lanes([=](std::size_t x, std::size_t l) { sum[x] = factor[x] * stability[l]; });
    for (std::size_t g = 0; g < m_.groups; ++g) {
      if (!work_.exposed_to(m_, g)) continue;
      work_.load(m_, tile_, Param::exposure, g, factor);
      const auto* salience = &tile_.salience[(g * m_.actors + work_.block.first) * lanes_];
      const auto* floor = shared_.threat_floor[g].data();
      const auto* posture = shared_.posture[g].data();
      for_lanes([=](std::size_t x, std::size_t l) {
        const float threat = floor[l] + salience[x];
        sum[x] += factor[x] * (threat > 1.0F ? 1.0F : threat) * posture[l];
      });
    }
    auto* grievance = row(Driver::grievance);
    lanes::each(work_.size, [=](std::size_t x) { grievance[x] = sum[x] < 0.0F ? -sum[x] : 0.0F; });
  }

  /// M = sum_s y o (1 - dependence sanctions).
  void economic() {
    auto* sum = row(Driver::economic);
    auto* factor = work_.scratch.data();
    std::fill_n(sum, work_.size, 0.0F);
    for (std::size_t s = 0; s < m_.model.sectors.size(); ++s) {
      work_.load(m_, tile_, Param::interest, s, factor);
      const auto* offer = shared_.offer[s].data();
      for_lanes([=](std::size_t x, std::size_t l) { sum[x] += factor[x] * offer[l]; });
    }
    work_.load(m_, tile_, Param::dependence, 0, factor);
    const auto* sanctions = shared_.sanctions.data();
    for_lanes(
        [=](std::size_t x, std::size_t l) { sum[x] = sum[x] * (1.0F - factor[x] * sanctions[l]); });
  }

  /// P = rho (1 - q) (1 + u).
  void rights() {
    auto* out = row(Driver::rights);
    work_.load(m_, tile_, Param::rights_sensitivity, 0, out);
    const auto* repression = shared_.repression.data();
    for_lanes([=](std::size_t x, std::size_t l) { out[x] = out[x] * repression[l]; });
  }

  /// H = dependence opposition.
  void pressure() {
    auto* out = row(Driver::pressure);
    work_.load(m_, tile_, Param::dependence, 0, out);
    const auto* opposition = shared_.opposition.data();
    for_lanes([=](std::size_t x, std::size_t l) { out[x] = out[x] * opposition[l]; });
  }

  /// 1 / sum_j W_ij by element, 0 where nobody is looked at.
  void inverse_row_sums(const Relation& relation, const std::vector<std::int32_t>& shift,
                        float* out) {
    for (std::size_t a = 0; a < work_.block.count; ++a) {
      const std::size_t i = work_.block.first + a;
      const std::int32_t base = relation.row_sum(i);
      auto* inverse = out + a * lanes_;
      if (shift.empty()) {
        std::fill_n(inverse, lanes_, base > 0 ? 1.0F / static_cast<float>(base) : 0.0F);
        continue;
      }
      const auto* moved = &shift[i * lanes_];
      lanes::each(lanes_, [=](std::size_t l) {
        const std::int32_t sum = base + moved[l];
        const float value = 1.0F / static_cast<float>(sum);
        inverse[l] = sum > 0 ? value : 0.0F;
      });
    }
  }

  const std::int32_t* peers(PeerField field) const {
    return &tile_.peers[m_.peer_row(k_, field, work_.block.first) * lanes_];
  }

  /// A_d = sum_j W_ij s_d(r_j) / sum_j W_ij.
  void alignment() {
    auto* inverse = work_.scratch.data();
    inverse_row_sums(m_.model.alignment, tile_.alignment_shift, inverse);
    for (std::size_t d = 0; d < ladder_count; ++d) {
      const auto* sum = peers(static_cast<PeerField>(d));
      auto* out = work_.alignment[d].data();
      lanes::each(work_.size, [=](std::size_t x) {
        out[x] = static_cast<float>(sum[x]) * inverse[x] * (1.0F / static_cast<float>(height_unit));
      });
    }
    // Who looks at nobody has nobody to conform with.
    auto* weight = row(Driver::alignment_weight);
    lanes::each(work_.size,
                [=](std::size_t x) { weight[x] = inverse[x] > 0.0F ? weight[x] : 0.0F; });
  }

  /// F = sum_j W_ij [j recognises] / sum_j W_ij.
  void cover() {
    auto* inverse = work_.scratch.data();
    inverse_row_sums(m_.model.alignment, tile_.alignment_shift, inverse);
    const auto* sum = peers(PeerField::cover);
    auto* out = row(Driver::cover);
    lanes::each(work_.size,
                [=](std::size_t x) { out[x] = static_cast<float>(sum[x]) * inverse[x]; });
  }

  /// V = sum_j V_ij (s_coercion(j) - s_coercion(i)) + eta sum_j V_ij s_engagement(j).
  void rivalry() {
    constexpr float scale = relation_scale / static_cast<float>(height_unit);
    auto* out = row(Driver::rivalry);
    const auto& shift = tile_.rivalry_shift;
    const auto* own = m_.model.ladders[index_of(LadderRole::coercion)].height.data();
    const auto* first_rung =
        &tile_.rungs[tile_.rung_row(k_, LadderRole::coercion, work_.block.first)];
    for (std::size_t a = 0; a < work_.block.count; ++a) {
      const std::size_t i = work_.block.first + a;
      const std::int32_t base = m_.model.rivalry.row_sum(i);
      auto* value = out + a * lanes_;
      if (base == 0 && shift.empty()) {
        std::fill_n(value, lanes_, 0.0F);
        continue;
      }
      const auto* coercion = peers(PeerField::rival_coercion) + a * lanes_;
      const auto* rung = first_rung + a * lanes_;
      const auto* moved = shift.empty() ? nullptr : &shift[i * lanes_];
      for (std::size_t l = 0; l < lanes_; ++l) {
        const std::int32_t rivals = moved == nullptr ? base : base + moved[l];
        const std::int32_t gap = coercion[l] - rivals * static_cast<std::int32_t>(own[rung[l]]);
        value[l] = static_cast<float>(gap) * scale;
      }
    }
    if (!m_.keeps(PeerField::rival_engagement)) return;
    const auto* presence = peers(PeerField::rival_engagement);
    const float weight = m_.model.rivalry_presence * scale;
    lanes::each(work_.size,
                [=](std::size_t x) { out[x] += weight * static_cast<float>(presence[x]); });
  }

  /// sum over the other authorities of s_d(r_i,k').
  void rival_claims() {
    for (const auto ladder : all_ladders) {
      auto* out = work_.rival_claims[index_of(ladder)].data();
      const auto& table = m_.ladders[index_of(ladder)].height;
      std::fill_n(out, work_.size, 0.0F);
      for (std::size_t other = 0; other < m_.authorities; ++other) {
        if (other == k_) continue;
        const auto* rung = &tile_.rungs[tile_.rung_row(other, ladder, work_.block.first)];
        for (std::size_t x = 0; x < work_.size; ++x) out[x] += table[rung[x]];
      }
    }
  }

  template <class Kernel>
  void for_lanes(Kernel kernel) const {
    for (std::size_t a = 0; a < work_.block.count; ++a) {
      const std::size_t first = a * lanes_;
      lanes::each(lanes_, [=](std::size_t l) { kernel(first + l, l); });
    }
  }

  const CompiledModel& m_;
  const Tile& tile_;
  const AuthorityRows& shared_;
  std::size_t k_;
  Workspace& work_;
  std::size_t lanes_;
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

void compute_drivers(const CompiledModel& m, const Tile& tile, const AuthorityRows& authority_rows,
                     std::size_t authority, Workspace& work) {
  BlockDrivers(m, tile, authority_rows, authority, work).compute();
}

}  // namespace entente::detail
