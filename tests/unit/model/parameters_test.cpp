#include "entente/model/parameters.hpp"

#include <gtest/gtest.h>

#include <set>

namespace entente {
namespace {

const Extents extents{.actors = 5, .authorities = 2, .groups = 3, .sectors = 4, .covariates = 1};

TEST(ParameterInfos, AreInTheOrderOfParam) {
  const auto infos = parameter_infos();
  ASSERT_EQ(infos.size(), param_count);
  for (std::size_t p = 0; p < infos.size(); ++p) {
    EXPECT_EQ(static_cast<std::size_t>(infos[p].param), p) << infos[p].key;
    EXPECT_EQ(&info(infos[p].param), &infos[p]);
  }
}

TEST(ParameterInfos, SayWhatEveryParameterIs) {
  std::set<std::string_view> keys;
  for (const auto& row : parameter_infos()) {
    EXPECT_TRUE(keys.insert(row.key).second) << row.key;
    EXPECT_FALSE(row.meaning.empty()) << row.key;
    EXPECT_FALSE(row.unit.empty()) << row.key;
    EXPECT_LT(row.min, row.max) << row.key;
    EXPECT_GE(row.fallback, row.min) << row.key;
    EXPECT_LE(row.fallback, row.max) << row.key;
  }
}

TEST(ParameterInfos, AreFoundByKey) {
  EXPECT_EQ(find_parameter("rights_weight"), Param::rights_weight);
  EXPECT_EQ(find_parameter("threat_floor"), Param::threat_floor);
  EXPECT_FALSE(find_parameter("threat_ceiling").has_value());
}

TEST(ParameterTable, StartsAtTheFallbacks) {
  const ParameterTable table(extents);
  for (const auto& row : parameter_infos()) {
    for (const float value : table.values(row.param)) EXPECT_EQ(value, row.fallback) << row.key;
  }
  EXPECT_EQ(table.at(Param::security_weight, 0, 4), 1.0F);
  EXPECT_EQ(table.at(Param::exposure, 2, 4), 0.0F);
}

TEST(ParameterTable, HasTheShapesOfItsParameters) {
  const ParameterTable table(extents);
  const auto shape = [&](Param param) {
    return std::pair{table.rows(param), table.columns(param)};
  };
  EXPECT_EQ(shape(Param::capability), std::pair(std::size_t{1}, extents.actors));
  EXPECT_EQ(shape(Param::border), std::pair(extents.authorities, extents.actors));
  EXPECT_EQ(shape(Param::exposure), std::pair(extents.groups, extents.actors));
  EXPECT_EQ(shape(Param::interest), std::pair(extents.sectors, extents.actors));
  EXPECT_EQ(shape(Param::covariate), std::pair(extents.covariates, extents.actors));
  EXPECT_EQ(shape(Param::offer), std::pair(extents.authorities, extents.sectors));
  EXPECT_EQ(shape(Param::frozen), std::pair(extents.authorities, std::size_t{1}));
  EXPECT_EQ(shape(Param::kinship), std::pair(extents.authorities, extents.groups));
  EXPECT_EQ(shape(Param::attack_rate), std::pair(std::size_t{1}, extents.groups));
}

TEST(ParameterTable, GivesEveryValueASlotOfItsOwn) {
  const ParameterTable table(extents);
  std::set<std::size_t> slots;
  for (const auto& row : parameter_infos()) {
    EXPECT_EQ(table.values(row.param).size(), table.rows(row.param) * table.columns(row.param));
    for (std::size_t r = 0; r < table.rows(row.param); ++r) {
      for (std::size_t c = 0; c < table.columns(row.param); ++c) {
        const std::size_t slot = table.slot(row.param, r, c);
        EXPECT_TRUE(slots.insert(slot).second) << row.key;
        EXPECT_LT(slot, table.all().size());
        EXPECT_EQ(table.param_of(slot), row.param) << row.key << ' ' << r << ' ' << c;
      }
    }
  }
  EXPECT_EQ(slots.size(), table.all().size());
}

TEST(ParameterTable, KnowsTheOwnerOfASlotBesideEmptyParameters) {
  const ParameterTable table(Extents{.actors = 3, .authorities = 1});
  for (const auto& row : parameter_infos()) {
    for (std::size_t r = 0; r < table.rows(row.param); ++r) {
      for (std::size_t c = 0; c < table.columns(row.param); ++c) {
        EXPECT_EQ(table.param_of(table.slot(row.param, r, c)), row.param) << row.key;
      }
    }
  }
}

TEST(ParameterTable, ReadsBackWhatWasWritten) {
  ParameterTable table(extents);
  table.at(Param::offer, 1, 3) = 0.75F;
  EXPECT_EQ(table.at(Param::offer, 1, 3), 0.75F);
  EXPECT_EQ(table.values(Param::offer)[1 * 4 + 3], 0.75F);
  EXPECT_EQ(table.all()[table.slot(Param::offer, 1, 3)], 0.75F);
}

TEST(ParameterTable, IsEmptyWithoutExtents) {
  EXPECT_TRUE(ParameterTable().all().empty());
  EXPECT_TRUE(ParameterTable(Extents{}).all().empty());
}

}  // namespace
}  // namespace entente
