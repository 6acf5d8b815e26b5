// Files that mean harm, or that are no scenarios at all: a clear error, soon, in little memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "entente/core/error.hpp"
#include "entente/io/scenario.hpp"
#include "support/scenario_folder.hpp"

namespace entente {
namespace {

using test::ScenarioFolder;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

std::vector<std::string> problems_of(const std::string& text) {
  return ScenarioFolder(text).problems();
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t k = 0; k < times; ++k) text += part;
  return text;
}

class Hostile : public testing::Test {
 protected:
  void TearDown() override {
    // Generous: sanitizers and a busy machine take their part.
    EXPECT_LT(std::chrono::steady_clock::now() - start_, std::chrono::seconds(60));
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

TEST_F(Hostile, AliasBombIsCounted) {
  std::string text = "entente: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int k = 1; k < 12; ++k) {
    const auto before = "*a" + std::to_string(k - 1);
    text += "a" + std::to_string(k) + ": &a" + std::to_string(k) + " [" + before +
            repeated(", " + before, 9) + "]\n";
  }
  EXPECT_THAT(problems_of(text), ElementsAre(HasSubstr("found more than 1000000 YAML nodes")));
}

TEST_F(Hostile, AnchorsInsideAnchorsAreCounted) {
  std::string text = "entente: 1\nx: ";
  for (int k = 0; k < 60; ++k) text += "&b" + std::to_string(k) + " [";
  text += repeated("1,", 100'000) + "1" + repeated("]", 60) + "\n";
  EXPECT_THAT(problems_of(text), ElementsAre(HasSubstr("nodes under anchors")));
}

TEST_F(Hostile, TextThatAliasesRepeatIsBounded) {
  const std::string head = "entente: 1\na: &a \"" + repeated("x", 120'000) + "\"\n";
  EXPECT_THAT(problems_of(head + "b: &b [*a" + repeated(", *a", 99) + "]\nc: [*b" +
                          repeated(", *b", 599) + "]\n"),
              ElementsAre("3:144: found more text after aliases than the file's own and 4 MiB; "
                          "allowed: less"));
  const std::string key = "b: {? &k \"" + repeated("x", 1'000'000) + "\" : 1}\n";
  EXPECT_THAT(problems_of("entente: 1\n" + key + "c: [{*k : 1}, {*k : 1}, {*k : 1}, {*k : 1}]\n"),
              Not(Contains(HasSubstr("more text"))));
  EXPECT_THAT(
      problems_of("entente: 1\n" + key + "c: [{*k : 1}, {*k : 1}, {*k : 1}, {*k : 1}, {*k : 1}]\n"),
      ElementsAre(HasSubstr("3:46: found more text after aliases")));
}

TEST_F(Hostile, TextUnderAnchorsInsideAnchorsIsBounded) {
  std::string text = "entente: 1\nx: ";
  for (int k = 0; k < 60; ++k) text += "&b" + std::to_string(k) + " [";
  text += repeated("x", 1'000'000) + repeated("]", 60) + "\n";
  EXPECT_THAT(problems_of(text), ElementsAre(HasSubstr("found more text under anchors")));
}

TEST_F(Hostile, TextWithoutAliasesMayFillTheFile) {
  const std::string title = "entente: 1\nsecond: &s [" + repeated("x", 2'000'000) + "]\ntitle: ";
  EXPECT_THAT(problems_of(title + repeated("y", 2'000'000) + "\nthird: *s\n"),
              Not(Contains(HasSubstr("more text"))));
}

TEST_F(Hostile, AliasToItsOwnParentIsRefused) {
  EXPECT_THAT(problems_of("entente: 1\nx: &a [1, *a]\n"),
              ElementsAre(HasSubstr("an alias to a node that contains it")));
}

TEST_F(Hostile, NestingIsBounded) {
  EXPECT_THAT(problems_of("entente: 1\nx: " + repeated("[", 100) + repeated("]", 100)),
              ElementsAre(HasSubstr("nested deeper than 64")));
  EXPECT_THAT(
      problems_of(repeated("[", 3'000'000)),
      ElementsAre("1:1001: found more than 1000 open brackets; allowed: YAML nested at most 64 "
                  "deep"));
  EXPECT_THAT(problems_of(repeated("{a: ", 1'000'000)), SizeIs(1));
  EXPECT_THAT(problems_of(repeated("- ", 2'000'000)), SizeIs(1));
  EXPECT_THAT(problems_of(repeated("? ", 2'000'000)), SizeIs(1));
}

TEST_F(Hostile, ManyNodesAreBounded) {
  EXPECT_THAT(problems_of("entente: 1\nx: [" + repeated("1,", 1'500'000) + "1]\n"),
              ElementsAre(HasSubstr("found more than 1000000 YAML nodes")));
}

TEST_F(Hostile, EventsAreBounded) {
  EXPECT_THAT(problems_of(test::small_scenario("events: [" + repeated("{},", 100'000) + "{}]\n")),
              ElementsAre("6:9: events: found a list of 100001; allowed: 0 to 100000"));
}

TEST_F(Hostile, ManyProblemsAreCutShort) {
  const auto problems =
      problems_of(test::small_scenario("events: [" + repeated("{},", 50'000) + "]\n"));
  EXPECT_THAT(problems, SizeIs(1001));
  EXPECT_THAT(problems.back(), HasSubstr("more problems"));
}

TEST_F(Hostile, PathsThroughLongKeysAreCutShort) {
  std::string text = "variables:\n  ? \"" + repeated("\xC3\xA9", 1'000'000) + "\"\n  : {";
  for (int k = 0; k < 1100; ++k) text += "k" + std::to_string(k) + ": 1, ";
  const auto problems = problems_of(test::small_scenario(text + "}\n"));
  EXPECT_THAT(problems, SizeIs(1001));
  EXPECT_THAT(problems, Contains(HasSubstr(": variables." + repeated("\xC3\xA9", 32) +
                                           "...: found unknown key 'k0'")));
}

TEST_F(Hostile, ManyUnknownKeysAreCutShort) {
  std::string text = test::small_scenario();
  for (int k = 0; k < 100'000; ++k) text += "k" + std::to_string(k) + ": 1\n";
  EXPECT_THAT(problems_of(text), SizeIs(1001));
}

TEST_F(Hostile, ReplicatesAreBounded) {
  EXPECT_THAT(
      problems_of(test::small_scenario("run: {replicates: 1000000000}\n")),
      ElementsAre(HasSubstr("found '1000000000'; allowed: whole number from 1 to 10000000")));
  EXPECT_THAT(problems_of(test::small_scenario("run: {replicates: 99999999999999999999999}\n")),
              SizeIs(1));
}

TEST_F(Hostile, PlacesThatEventsChangeAreBounded) {
  std::string text =
      "entente: 1\ntitle: Many\ntime: {start: 2021-01, end: 2021-12}\nauthorities: {KAB: {}}\n"
      "actors:\n  define:\n";
  for (int k = 0; k < 5000; ++k) text += "    A" + std::to_string(k) + ": {}\n";
  text +=
      "events:\n  - {date: 2021-02, change: {set: alignment, actors: all, towards: all, to: 1}}\n";
  EXPECT_THAT(problems_of(text), ElementsAre(HasSubstr("conditions of more than 20000000 places")));
}

TEST_F(Hostile, ValuesOfSeriesAreBounded) {
  std::string text = test::small_scenario("series:\n");
  for (int k = 0; k < 300; ++k) text += "  - {of: sanctions, points: {2021-01: 0.1}}\n";
  EXPECT_THAT(ScenarioFolder(text).problems({"time={start: 1800, end: 2070, step: day}"}),
              ElementsAre(HasSubstr("series of more than 20000000 values")));
}

TEST_F(Hostile, NamesAreBounded) {
  std::string text = test::small_scenario("groups:\n");
  for (int k = 0; k < 65; ++k) text += "  g" + std::to_string(k) + ": {}\n";
  EXPECT_THAT(problems_of(text), ElementsAre(HasSubstr("found 65 groups; allowed: at most 64")));
}

TEST_F(Hostile, ActorsAreBounded) {
  std::string text = "iso3\n";
  for (int k = 0; k < 10'001; ++k) text += "A" + std::to_string(k) + "\n";
  ScenarioFolder folder(test::small_scenario("data: {actors: table.csv}\n"));
  folder.file("table.csv", text);
  EXPECT_THAT(folder.problems(),
              ElementsAre(HasSubstr("found 10004 actors; allowed: at most 10000")));
}

TEST_F(Hostile, FilesAreBounded) {
  const ScenarioFolder folder(std::string((std::size_t{4} << 20) + 1, '#'));
  try {
    (void)folder.load();
    ADD_FAILURE();
  } catch (const FileError& error) {
    EXPECT_THAT(error.what(), HasSubstr("found a file of more than 4 MiB; allowed: at most 4 MiB"));
  }
}

TEST_F(Hostile, BinaryIsNamed) {
  using namespace std::string_literals;
  EXPECT_THAT(problems_of("entente: 1\ntitle: a\0b\n"s),
              ElementsAre("2:9: found byte 0x00; allowed: UTF-8 text"));
  EXPECT_THAT(problems_of("entente: 1\ntitle: \xC3\xA9\xFF\n"),
              ElementsAre("2:9: found byte 0xff; allowed: UTF-8 text"));
  EXPECT_THAT(problems_of("\x7F"
                          "ELF\x02\x01\x01"),
              SizeIs(1));
  EXPECT_THAT(problems_of("\xED\xA0\x80"), ElementsAre(HasSubstr("found byte 0xed")));
  EXPECT_THAT(problems_of("\xC0\xAF"), ElementsAre(HasSubstr("found byte 0xc0")));
  EXPECT_THAT(problems_of("\xF4\x90\x80\x80"), ElementsAre(HasSubstr("found byte 0xf4")));
  EXPECT_THAT(problems_of("\xE2\x82"), ElementsAre(HasSubstr("found byte 0xe2")));
}

TEST_F(Hostile, TextsThatAreNoScenario) {
  EXPECT_THAT(problems_of(""), ElementsAre("found an empty file; allowed: a mapping"));
  EXPECT_THAT(problems_of("~"), SizeIs(1));
  EXPECT_THAT(problems_of("# nothing\n"), SizeIs(1));
  EXPECT_THAT(problems_of("just words"), ElementsAre("1:1: found no mapping; allowed: a mapping"));
  EXPECT_THAT(problems_of("[1, 2]"), ElementsAre("1:1: found no mapping; allowed: a mapping"));
  EXPECT_THAT(problems_of("entente: 1\n  title: x\n"),
              ElementsAre(HasSubstr("text that is not YAML")));
  EXPECT_THAT(problems_of("entente: 1\n---\nentente: 1\n"),
              Contains("3:1: found a second YAML document; allowed: one"));
  EXPECT_THAT(problems_of(test::small_scenario("question: !!binary abc\n")),
              ElementsAre(HasSubstr("allowed: plain YAML without tags")));
  EXPECT_THAT(problems_of(test::small_scenario("? [a, b]\n: 1\n")),
              Contains(HasSubstr("found a key that is not a word")));
  EXPECT_THAT(problems_of(test::small_scenario("<<: {title: x}\n")),
              ElementsAre(HasSubstr("found unknown key '<<'")));
}

TEST_F(Hostile, PlacesThatAreNoFiles) {
  const ScenarioFolder folder;
  EXPECT_THROW((void)load_scenario(folder.path() / "absent"), FileError);
  EXPECT_THROW((void)load_scenario(folder.path()), FileError);
  EXPECT_THROW((void)load_scenario("/dev/null"), FileError);
  EXPECT_THROW((void)load_scenario(""), FileError);
}

TEST_F(Hostile, DatesBeyondTheCalendar) {
  EXPECT_THAT(ScenarioFolder(test::small_scenario()).problems({"time.end=9999-12-31"}), SizeIs(0));
  EXPECT_THAT(ScenarioFolder(test::small_scenario()).problems({"time.end=99999"}), SizeIs(1));
  EXPECT_THAT(
      ScenarioFolder(test::small_scenario(
                         "events: [{date: 2021-02, duration: 4000000000 years, change: {scale: "
                         "need, actors: all, by: 2}}]\n"))
          .problems(),
      ElementsAre(HasSubstr("found '4000000000 years'")));
  EXPECT_THAT(
      ScenarioFolder(test::small_scenario("events: [{date: 2021-02, duration: 4000000 years, "
                                          "change: {scale: need, actors: all, by: 2}}]\n"))
          .problems(),
      SizeIs(0));
}

}  // namespace
}  // namespace entente
