#include "entente/terms/registry.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "support/term_probe.hpp"

namespace entente::test {
namespace {

using ::testing::ElementsAre;

std::vector<float> fallbacks(const TermInfo& info) {
  std::vector<float> values;
  for (const auto& field : info.fields) values.push_back(field.fallback);
  return values;
}

TEST(Registry, ListsTheTermsInTheOrderOfTheModel) {
  std::vector<std::string_view> numbers;
  for (const auto& info : builtin_terms().terms) numbers.push_back(info.number);
  EXPECT_THAT(numbers, ElementsAre("T0", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9",
                                   "T10", "T11", "T13", "TG", "TE", "TK"));
}

TEST(Registry, FindsTermsByKeyAndFieldsByName) {
  const auto* info = builtin_terms().find("rights");
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(info->number, "T3");
  EXPECT_NE(info->field("cover_effect"), nullptr);
  EXPECT_EQ(info->field("coeficient"), nullptr);
  EXPECT_EQ(builtin_terms().find("rigths"), nullptr);
}

TEST(Registry, DescribesEveryTermInFull) {
  std::set<std::string_view> keys;
  for (const auto& info : builtin_terms().terms) {
    SCOPED_TRACE(std::string(info.key));
    EXPECT_TRUE(keys.insert(info.key).second);
    for (const auto text : {info.key, info.title, info.formula, info.sign, info.source}) {
      EXPECT_FALSE(text.empty());
    }
    EXPECT_EQ(info.fields.at(0).name, "coefficient");
    for (const auto& field : info.fields) {
      EXPECT_NE(info.formula.find(field.name), std::string_view::npos) << field.name;
      EXPECT_FALSE(field.unit.empty());
      EXPECT_FALSE(field.meaning.empty());
      EXPECT_GE(field.fallback, field.min);
      EXPECT_LE(field.fallback, field.max);
    }
  }
}

TEST(Registry, StatesTheLaddersThatTheChannelsActOn) {
  for (const auto& info : builtin_terms().terms) {
    const auto term = info.make(fallbacks(info));
    for (const auto role : all_ladders) {
      EXPECT_EQ(info.ladders.contains(role), !profiles_on(*term, role).empty()) << info.key;
    }
  }
}

// All channels of a term where `driver` is 0.75 and the other declared ones 0.5.
std::vector<float> probe(const TermInfo& info, Driver driver) {
  const auto term = info.make(fallbacks(info));
  TermRows rows(1);
  for (const auto read : members(info.reads)) rows.set(read, {read == driver ? 0.75F : 0.5F});
  std::vector<float> result;
  for (std::size_t c = 0; c < term->channels().size(); ++c) {
    result.push_back(rows.intensity(*term, c)[0]);
  }
  return result;
}

TEST(Registry, DeclaresExactlyTheDriversThatATermReads) {
  constexpr auto nothing = static_cast<Driver>(driver_count);
  for (const auto& info : builtin_terms().terms) {
    SCOPED_TRACE(std::string(info.key));
    const auto base = probe(info, nothing);
    EXPECT_TRUE(std::ranges::all_of(base, [](float x) { return std::isfinite(x); }))
        << "reads more than it declares";
    for (const auto driver : members(info.reads)) {
      EXPECT_NE(probe(info, driver), base) << "does not read " << to_string(driver);
    }
  }
}

TEST(Registry, IsLinearInTheCoefficient) {
  for (const auto& info : builtin_terms().terms) {
    auto values = fallbacks(info);
    TermRows rows(1);
    for (const auto read : members(info.reads)) rows.set(read, {0.5F});
    values[0] = 1.0F;
    const float one = rows.intensity(*info.make(values))[0];
    values[0] = 4.0F;
    EXPECT_EQ(rows.intensity(*info.make(values))[0], 4.0F * one) << info.key;
    values[0] = 0.0F;
    EXPECT_EQ(rows.intensity(*info.make(values))[0], 0.0F) << info.key;
  }
}

TEST(Registry, RefusesAWrongNumberOfValues) {
  const auto& info = *builtin_terms().find("rights");
  try {
    (void)info.make(std::vector<float>{1.0F});
    FAIL() << "one value was enough for two fields";
  } catch (const std::invalid_argument& e) {
    EXPECT_STREQ(e.what(), "term: found 1 values; allowed: 2");
  }
  EXPECT_THROW((void)info.make(std::vector<float>{1.0F, 0.5F, 0.0F}), std::invalid_argument);
}

TEST(Registry, MakesCovariatesOnTheSide) {
  EXPECT_EQ(builtin_terms().find("covariate"), nullptr);
  const CovariateChoice choice{"z", 2.0F, Profile::height, {LadderRole::engagement}};
  TermRows rows(1);
  rows.add_covariate({0.5F});
  EXPECT_THAT(rows.intensity(*builtin_terms().covariate(choice, 0)), ElementsAre(1.0F));
}

}  // namespace
}  // namespace entente::test
