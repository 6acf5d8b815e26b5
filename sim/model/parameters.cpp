#include "entente/model/parameters.hpp"

namespace entente {
namespace {

// In the order of Param.
constexpr std::array<ParamInfo, param_count> infos{{
    // key, shape, unit, min, max, fallback, meaning
    {Param::security_weight, "security_weight", Shape::actor, "1", 0, 10, 1,
     "wS: how much shared enemies and borders count in the actor's decisions"},
    {Param::economic_weight, "economic_weight", Shape::actor, "1", 0, 10, 1,
     "wM: how much the authority's sectors on offer count"},
    {Param::rights_weight, "rights_weight", Shape::actor, "1", 0, 10, 1,
     "wR: how much the authority's rights record counts"},
    {Param::alignment_weight, "alignment_weight", Shape::actor, "1", 0, 10, 1,
     "wA: how much the stand of friends and patrons counts"},
    {Param::rights_sensitivity, "rights_sensitivity", Shape::actor, "1", 0, 1, 0,
     "rho: share of the domestic audience that punishes dealing with a repressive authority"},
    {Param::attention, "attention", Shape::actor, "1", 0, 10, 1,
     "multiplies the rate at which the actor reconsiders its ladders"},
    {Param::capability, "capability", Shape::actor, "1", 0, 1, 0,
     "ability to coerce the authority; scales coercion and what it does to control"},
    {Param::dependence, "dependence", Shape::actor, "1", 0, 1, 0,
     "exposure to the power that sanctions and opposes recognition"},
    {Param::trade, "trade", Shape::actor, "1", 0, 1, 0,
     "share of the authority's trade and transit that the actor can close"},
    {Param::border, "border", Shape::authority_actor, "1", 0, 1, 0,
     "shared border or closeness; how much the authority's stability is felt"},
    {Param::need, "need", Shape::authority_actor, "1", 0, 1, 0,
     "n: humanitarian, migration or hostage business that needs a counterpart"},
    {Param::confrontation, "confrontation", Shape::authority_actor, "1", 0, 1, 0,
     "C: how far the actor is at odds with the order that withholds recognition"},
    {Param::exposure, "exposure", Shape::group_actor, "1", 0, 1, 0,
     "x: how far the actor is a target of the group"},
    {Param::interest, "interest", Shape::sector_actor, "1", 0, 1, 0,
     "y: the actor's stake in the sector"},
    {Param::covariate, "covariate", Shape::covariate_actor, "1", -10, 10, 0,
     "z: regressor taken from data"},
    {Param::offer, "offer", Shape::authority_sector, "1", 0, 1, 0,
     "o: what the authority has to offer in the sector"},
    {Param::sanctions, "sanctions", Shape::authority, "1", 0, 1, 0,
     "how much of the economic gain sanctions take from a dependent actor"},
    {Param::opposition, "opposition", Shape::authority, "1", 0, 1, 0,
     "effort of the hegemon against recognition"},
    {Param::mediation, "mediation", Shape::authority, "1", 0, 1, 0,
     "effort of third parties to keep coercion down"},
    {Param::frozen, "frozen", Shape::authority, "1", 0, 1, 0,
     "share of the authority's reserves that is frozen; feeds its distress"},
    {Param::standing, "standing", Shape::authority, "1", -1, 1, 0,
     "what bodies such as the UN add to the bandwagon"},
    {Param::kinship, "kinship", Shape::authority_group, "utility", -10, 10, 0,
     "cost to the authority of turning against the group"},
    {Param::enmity, "enmity", Shape::authority_group, "utility", -10, 10, 0,
     "gain to the authority of fighting the group, per unit of its activity"},
    {Param::attack_rate, "attack_rate", Shape::group, "1/yr", 0, 1000, 0,
     "attacks on a fully exposed actor at activity 1 and neutral posture"},
    {Param::threat_floor, "threat_floor", Shape::group, "1", 0, 1, 0,
     "b: threat that is felt without any recent attack"},
}};

std::size_t rows_of(Shape shape, const Extents& e) {
  switch (shape) {
    case Shape::actor:
    case Shape::group:
      return 1;
    case Shape::authority_actor:
    case Shape::authority_sector:
    case Shape::authority:
    case Shape::authority_group:
      return e.authorities;
    case Shape::group_actor:
      return e.groups;
    case Shape::sector_actor:
      return e.sectors;
    case Shape::covariate_actor:
      return e.covariates;
  }
  return 0;
}

std::size_t columns_of(Shape shape, const Extents& e) {
  switch (shape) {
    case Shape::actor:
    case Shape::authority_actor:
    case Shape::group_actor:
    case Shape::sector_actor:
    case Shape::covariate_actor:
      return e.actors;
    case Shape::authority_sector:
      return e.sectors;
    case Shape::authority:
      return 1;
    case Shape::authority_group:
    case Shape::group:
      return e.groups;
  }
  return 0;
}

}  // namespace

std::span<const ParamInfo> parameter_infos() { return infos; }

const ParamInfo& info(Param param) { return infos[static_cast<std::size_t>(param)]; }

std::optional<Param> find_parameter(std::string_view key) {
  for (const auto& row : infos) {
    if (row.key == key) return row.param;
  }
  return std::nullopt;
}

ParameterTable::ParameterTable(const Extents& extents) : extents_(extents) {
  std::size_t size = 0;
  for (std::size_t p = 0; p < param_count; ++p) {
    offset_[p] = size;
    size += rows_of(infos[p].shape, extents) * columns_of(infos[p].shape, extents);
  }
  offset_[param_count] = size;
  values_.resize(size);
  for (const auto& row : infos) {
    for (float& value : values(row.param)) value = row.fallback;
  }
}

std::size_t ParameterTable::rows(Param param) const { return rows_of(info(param).shape, extents_); }

std::size_t ParameterTable::columns(Param param) const {
  return columns_of(info(param).shape, extents_);
}

std::span<const float> ParameterTable::values(Param param) const {
  const auto p = static_cast<std::size_t>(param);
  return std::span<const float>(values_).subspan(offset_[p], offset_[p + 1] - offset_[p]);
}

std::span<float> ParameterTable::values(Param param) {
  const auto p = static_cast<std::size_t>(param);
  return std::span<float>(values_).subspan(offset_[p], offset_[p + 1] - offset_[p]);
}

Param ParameterTable::param_of(std::size_t slot) const {
  // The last parameter that begins at or before the slot; empty ones begin where the next does.
  std::size_t p = param_count - 1;
  while (p > 0 && offset_[p] > slot) --p;
  return static_cast<Param>(p);
}

}  // namespace entente
