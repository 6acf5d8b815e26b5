#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "entente/ensemble/measures_table.hpp"
#include "entente/io/scenario.hpp"
#include "entente/io/study.hpp"
#include "entente/io/variant.hpp"
#include "entente/model/parameters.hpp"
#include "entente/terms/registry.hpp"

namespace entente {
namespace {

using Json = nlohmann::json;

std::string shipped(const std::string& name) {
  std::ifstream in("docs/" + name + ".schema.json");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Where they differ: entente schema > docs/scenario.schema.json
TEST(ScenarioSchema, IsTheOneThatIsShipped) { EXPECT_EQ(scenario_schema(), shipped("scenario")); }

// Where they differ: entente schema variant > docs/variant.schema.json
TEST(VariantSchema, IsTheOneThatIsShipped) { EXPECT_EQ(variant_schema(), shipped("variant")); }

// Where they differ: entente schema study > docs/study.schema.json
TEST(StudySchema, IsTheOneThatIsShipped) { EXPECT_EQ(study_schema(), shipped("study")); }

TEST(StudySchema, FollowsTheTablesOfMeasures) {
  const auto measure = Json::parse(study_schema()).at("$defs").at("measure").at("properties");
  for (const auto& info : measure_infos()) {
    const auto fields = measure.at(std::string(info.key)).at("properties");
    EXPECT_EQ(fields.size(), info.fields.size()) << info.key;
    for (const auto& field : info.fields) EXPECT_TRUE(fields.contains(std::string(field.key)));
  }
}

TEST(ScenarioSchema, FollowsTheTablesOfTheModel) {
  const auto schema = Json::parse(scenario_schema());
  const auto terms = schema.at("properties").at("terms").dump();
  for (const auto& term : builtin_terms().terms)
    EXPECT_NE(terms.find('"' + std::string(term.key) + '"'), std::string::npos) << term.key;
  const auto text = schema.dump();
  for (const auto& about : parameter_infos())
    EXPECT_NE(text.find('"' + std::string(about.key) + '"'), std::string::npos) << about.key;
}

TEST(ScenarioSchema, LeavesOutWhatABaseHas) {
  const auto schema = Json::parse(scenario_schema());
  EXPECT_EQ(schema.at("required"), Json::array({"entente"}));
  EXPECT_EQ(schema.at("anyOf").size(), 2U);
}

}  // namespace
}  // namespace entente
