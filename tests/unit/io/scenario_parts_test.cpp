// The small parts that the reader is made of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/fields.hpp"
#include "io/scenario/csv.hpp"
#include "io/scenario/ladder_defaults.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/targets.hpp"
#include "io/scenario/utf8.hpp"
#include "io/scenario/yaml.hpp"

namespace entente::detail {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using testing::ElementsAre;

Date date(int y, unsigned m, unsigned d) { return Date{year{y}, month{m}, day{d}}; }

TEST(Scalars, ReadDecimalNumbersOnly) {
  EXPECT_EQ(parse_number("-1.5e3"), -1500.0);
  EXPECT_EQ(parse_number("+.5"), 0.5);
  EXPECT_EQ(parse_number("5."), 5.0);
  for (const auto* text : {"", "nan", ".nan", "inf", "-.inf", "0x10", "1_000", "1,5", "1e999", "1 ",
                           " 1", "+-1", "--1", "1e", "one"})
    EXPECT_FALSE(parse_number(text)) << text;
}

TEST(Scalars, ReadWholeNumbers) {
  EXPECT_EQ(parse_integer("18446744073709551615"), 18446744073709551615U);
  for (const auto* text : {"", "-1", "+1", "1.0", "1e3", "18446744073709551616", "0x1"})
    EXPECT_FALSE(parse_integer(text)) << text;
}

TEST(Scalars, ReadTruthInFourWords) {
  EXPECT_EQ(parse_boolean("yes"), true);
  EXPECT_EQ(parse_boolean("True"), true);
  EXPECT_EQ(parse_boolean("no"), false);
  EXPECT_EQ(parse_boolean("false"), false);
  for (const auto* text : {"NO", "on", "off", "1", "y", ""})
    EXPECT_FALSE(parse_boolean(text)) << text;
}

TEST(Scalars, ReadDurations) {
  EXPECT_EQ(parse_duration("6 months")->number, 6U);
  EXPECT_EQ(parse_duration("1 quarter")->unit, StepUnit::quarter);
  for (const auto* text :
       {"months", "0 days", "6months", "6 moons", "-1 days", "6  months", "5000000 days"})
    EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Scalars, AdvanceDates) {
  EXPECT_EQ(advance(date(2021, 1, 31), {1, StepUnit::month}), date(2021, 2, 28));
  EXPECT_EQ(advance(date(2021, 12, 1), {2, StepUnit::quarter}), date(2022, 6, 1));
  EXPECT_EQ(advance(date(2020, 2, 28), {2, StepUnit::day}), date(2020, 3, 1));
  EXPECT_EQ(advance(date(2020, 2, 28), {1, StepUnit::week}), date(2020, 3, 6));
  EXPECT_EQ(advance(date(2020, 2, 29), {1, StepUnit::year}), date(2021, 2, 28));
}

TEST(Suggest, CountsEdits) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("PKA", "PAK"), 1U);
  EXPECT_EQ(edit_distance("pak", "PAK"), 0U);
}

TEST(Suggest, OffersTheNearestName) {
  const std::vector<std::string> names{"engagement", "recognition", "PAK"};
  EXPECT_EQ(nearest("engagment", names), "engagement");
  EXPECT_EQ(nearest("PKA", names), "PAK");
  EXPECT_EQ(nearest("coercion", names), std::nullopt);
  EXPECT_EQ(nearest("x", names), std::nullopt);
  EXPECT_EQ(nearest(std::string(100'000, 'x'), names), std::nullopt);
}

TEST(Suggest, ListsShortListsOnly) {
  EXPECT_EQ(unknown_name("c", std::vector<std::string>{"a", "b"}, "letters"),
            "found 'c'; allowed: a, b");
  EXPECT_EQ(unknown_name("c", std::vector<std::string>{}, "letters"),
            "found 'c'; allowed: nothing (letters: there is none)");
  EXPECT_EQ(unknown_name("c", std::vector<std::string>(40, "long"), "letters"),
            "found 'c'; allowed: letters");
}

TEST(Suggest, ShowsTextsSafely) {
  EXPECT_EQ(quote("a\nb"), "'a\\x0ab'");
  EXPECT_EQ(quote(std::string(70, 'x')), "'" + std::string(64, 'x') + "...'");
  EXPECT_EQ(quote(std::string(63, 'x') + "\xC3\xA9y"), "'" + std::string(63, 'x') + "...'");
}

TEST(Utf8, CountsCharacters) {
  EXPECT_FALSE(first_bad_byte("Côte d’Ivoire 🌍\t\r\n"));
  EXPECT_EQ(line_column("é\nôx", 5).line, 2U);
  EXPECT_EQ(line_column("é\nôx", 5).column, 2U);
}

struct Text {
  explicit Text(const std::string& text) { sources.add("t", ".", text); }
  Sources sources;
  Problems problems{sources};
};

TEST(Csv, ReadsQuotedFields) {
  Text text("\xEF\xBB\xBFiso3,note\r\nAAA,\"a \"\"b\"\", c\nd\"\r\nBBB,\r\n");
  const auto table = parse_csv(text.sources, 0, text.problems);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->column("iso3"), 0U);
  ASSERT_EQ(table->rows(), 2U);
  EXPECT_EQ(table->cell(0, 1), "a \"b\", c\nd");
  EXPECT_EQ(table->cell(1, 1), "");
  EXPECT_EQ(table->mark(1, 0).line, 4U);
}

TEST(Csv, ReadsALastRowWithoutANewLine) {
  Text text("a,b\n1,2");
  EXPECT_EQ(parse_csv(text.sources, 0, text.problems)->rows(), 1U);
}

TEST(Csv, RefusesWhatIsNoCsv) {
  for (const auto* bad : {"a,b\n1\"2,3\n", "a\n\"1\" \n", "a\rb\n", "a,b\n1,2\n\n", "a\n\x01\n"}) {
    Text text(bad);
    EXPECT_FALSE(parse_csv(text.sources, 0, text.problems)) << bad;
    EXPECT_FALSE(text.problems.empty());
  }
}

TEST(Yaml, KeepsPlacesInCharacters) {
  Text text("é: {ô: 'x y', b: [1, ~]}\n");
  const auto root = parse_yaml(text.sources, 0, text.problems);
  ASSERT_TRUE(root.is_mapping());
  const auto& inner = root.children[0];
  EXPECT_EQ(inner.keys[0], "ô");
  EXPECT_EQ(inner.children[0].mark.column, 8U);
  EXPECT_TRUE(inner.children[0].quoted);
  EXPECT_TRUE(inner.children[0].literal);
  EXPECT_EQ(inner.children[1].children[0].mark.column, 19U);
  EXPECT_EQ(inner.children[1].children[1].kind, YamlNode::Kind::null);
}

TEST(Yaml, ExpandsAliases) {
  Text text("a: &x {b: 1}\nc: *x\nd: [*x, *x]\n");
  const auto root = parse_yaml(text.sources, 0, text.problems);
  EXPECT_EQ(root.find("c")->find("b")->text, "1");
  EXPECT_EQ(root.find("d")->children[1].find("b")->mark.line, 1U);
}

TEST(LadderDefaults, AgreeInLength) {
  for (const auto role : all_ladders) {
    const auto ladder = default_ladder(role);
    EXPECT_EQ(ladder.height.size(), ladder.size());
    for (const auto& field : rung_fields()) EXPECT_EQ((ladder.*field.member).size(), ladder.size());
  }
  EXPECT_THAT(even_heights(8), ElementsAre(0, 34, 69, 103, 137, 171, 206, 240));
  EXPECT_THAT(even_heights(1), ElementsAre(0));
}

TEST(Fields, HaveRangesThatHoldTheirFallbacks) {
  for (const auto& field : group_fields()) {
    EXPECT_GE(field.fallback(), field.min) << field.name;
    EXPECT_LE(field.fallback(), field.max) << field.name;
  }
  for (const auto& field : dynamics_fields()) {
    EXPECT_GE(field.fallback(), field.min) << field.name;
    EXPECT_LE(field.fallback(), field.max) << field.name;
  }
  for (const auto& field : state_fields()) {
    EXPECT_EQ(to_string(field.state), field.name);
    EXPECT_GE(field.fallback, field.min);
    EXPECT_LE(field.fallback, field.max);
  }
}

TEST(Fields, CoverEveryNumberOfTheirStructs) {
  EXPECT_EQ(dynamics_fields().size_bytes() / sizeof(Field<AuthorityDynamics>),
            sizeof(AuthorityDynamics) / sizeof(float));
  EXPECT_EQ(state_fields().size(), authority_state_count);
}

TEST(Targets, CoverEveryParameterAndState) {
  for (const auto& about : parameter_infos()) {
    const auto* target = find_target(about.key);
    ASSERT_NE(target, nullptr) << about.key;
    EXPECT_FALSE(target->keys.empty());
  }
  for (const auto& field : state_fields()) EXPECT_NE(find_target(field.name), nullptr);
  EXPECT_EQ(find_target("nothing"), nullptr);
}

TEST(Targets, HaveNamesOfTheirOwn) {
  std::vector<std::string> names;
  for (const auto& target : change_targets()) names.push_back(target.name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

}  // namespace
}  // namespace entente::detail
