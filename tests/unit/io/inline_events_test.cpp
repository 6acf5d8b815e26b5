// Events in words stand for those of a file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "same_scenario.hpp"
#include "variant_folder.hpp"

namespace entente {
namespace {

using test::expect_same;
using test::VariantFolder;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

struct Pair {
  const char* words;
  const char* yaml;  ///< the change, or the whole event where it starts with `date`
};

constexpr Pair pairs[] = {
    {"2021-04-05 recognise AAA,BBB",
     "date: 2021-04-05, change: {set: rung, ladder: recognition, actors: [AAA, BBB], to: "
     "recognised}"},
    {"2021-04 recognize AAA", "{set: rung, ladder: recognition, actors: AAA, to: recognised}"},
    {"2021-04 withdraw AAA", "{set: rung, ladder: recognition, actors: [AAA], to: withheld}"},
    {"2021-04 set mission AAA, CCC",
     "{set: rung, ladder: engagement, actors: [AAA, CCC], to: mission}"},
    {"2021-04 set coercion.none BBB", "{set: rung, ladder: coercion, actors: [BBB], to: none}"},
    {"2021-04 hold contact org:CLUB",
     "{hold: rung, ladder: engagement, actors: {org: CLUB}, to: contact}"},
    {"2021-04 band contact mission region:Far South",
     "{band: rung, ladder: engagement, actors: {region: Far South}, from: contact, to: mission}"},
    {"2021-04 hold contact all except AAA,BBB",
     "{hold: rung, ladder: engagement, actors: {except: [AAA, BBB]}, to: contact}"},
    {"2021-04 hold contact CCC,org:CLUB except region:Far South",
     "{hold: rung, ladder: engagement, actors: {ids: CCC, org: CLUB, except: {region: Far South}},"
     " to: contact}"},
    {"2021-04 hold contact all", "{hold: rung, ladder: engagement, actors: all, to: contact}"},
    {"2021-04 scale rights_weight 0.5 org:CLUB",
     "{scale: rights_weight, actors: {org: CLUB}, by: 0.5}"},
    {"2021-04 set opposition 0.5", "{set: opposition, to: 0.5}"},
    {"2021-04 set opposition 0.5 of KAB", "{set: opposition, authority: KAB, to: 0.5}"},
    {"2021-04 add distress -0.1", "{add: distress, by: -0.1}"},
    {"2021-04 add salience 1 isis_k AAA,BBB",
     "{add: salience, group: isis_k, actors: [AAA, BBB], by: 1}"},
    {"2021-04 scale activity 2 ttp,isis_k", "{scale: activity, group: [ttp, isis_k], by: 2}"},
    {"2021-04 set offer 0.8 mining", "{set: offer, sector: mining, to: 0.8}"},
    {"2021-04 set interest 0.8 all AAA", "{set: interest, sector: all, actors: AAA, to: 0.8}"},
    {"2021-04 set covariate 2 faith AAA", "{set: covariate, covariate: faith, actors: AAA, to: 2}"},
    {"2021-04 set rights conditional", "{set: rights, to: conditional}"},
    {"2021-04 set posture restrains ttp", "{set: posture, group: ttp, to: restrains}"},
    {"2021-04 band rights restrictive open", "{band: rights, from: restrictive, to: open}"},
    {"2021-04 set rivalry 0.9 AAA towards org:CLUB",
     "{set: rivalry, actors: AAA, towards: {org: CLUB}, to: 0.9}"},
    {"2021-04 hold contact AAA for 12 months with probability 0.3",
     "date: 2021-04, duration: 12 months, probability: 0.3, "
     "change: {hold: rung, ladder: engagement, actors: AAA, to: contact}"},
    {"2021-04 set opposition 0.5 until 2021-06 for 1 year of KAB",
     "date: 2021-04, until: 2021-06, duration: 1 year, "
     "change: {set: opposition, authority: KAB, to: 0.5}"},
    {"{date: 2021-04, change: {set: rights, to: open}, note: 'a; b'}",
     "date: 2021-04, note: 'a; b', change: {set: rights, to: open}"},
};

TEST(InlineEvents, AreTheEventsOfAFile) {
  for (const auto& [words, yaml] : pairs) {
    SCOPED_TRACE(words);
    VariantFolder world;
    const std::string text(yaml);
    auto expected = world.extended(
        "events: [{" + (text.starts_with("date") ? text : "date: 2021-04, change: " + text) +
        "}]\n");
    expected.title = words;
    expect_same(world.load_inline(words), expected);
  }
}

TEST(InlineEvents, StandInARow) {
  VariantFolder world;
  auto expected = world.extended(
      "terms: {rights: {coefficient: 4}}\n"
      "events: [{date: 2021-04, change: {set: rights, to: open}},\n"
      "         {date: 2021-05, change: {set: opposition, to: 0.5}}]\n");
  const std::string text = "2021-04 set rights open ;\n 2021-05 set opposition 0.5;";
  const auto model = world.load_inline(text, {"terms.rights.coefficient=4"});
  expected.title = model.title;
  expect_same(model, expected);
}

TEST(InlineEvents, KeepTheirText) {
  const VariantFolder world;
  const auto varied =
      load_variant(world.folder.path(),
                   {{}, {"2021-04 set rights open", "2021-05 withdraw AAA"}, {"temperature=2"}});
  EXPECT_EQ(varied.variant.name, "2021-04 set rights open; 2021-05 withdraw AAA; temperature=2");
  EXPECT_EQ(varied.variant.text, "2021-04 set rights open\n2021-05 withdraw AAA\ntemperature=2\n");
  EXPECT_EQ(varied.scenario.model.title, varied.variant.name);
  EXPECT_EQ(varied.scenario.question, "What happens?");
  EXPECT_EQ(varied.scenario.files.size(), 1U);
}

TEST(InlineEvents, FollowTheLaddersOfTheScenario) {
  VariantFolder world;
  world.folder.file("scenario.yaml",
                    std::string(test::baseline_scenario) +
                        "ladders: {recognition: {rungs: [withheld, recognised, dejure], "
                        "recognises_from: recognised}, coercion: {rungs: [none, contact]}}\n");
  EXPECT_FLOAT_EQ(world.load_inline("2021-04 recognise AAA").events.back().changes[0].value, 1.0F);
  EXPECT_FLOAT_EQ(world.load_inline("2021-04 set dejure AAA").events.back().changes[0].value, 2.0F);
  EXPECT_THAT(world.inline_problems("2021-04 set contact AAA"),
              ElementsAre("'2021-04 set contact AAA': found 'contact'; allowed: "
                          "engagement.contact, coercion.contact"));
}

TEST(InlineEvents, SayWhichWordIsWrongAndWhatIsAllowed) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "'': found nothing; allowed: an event, such as 2026-03 recognise CHN"},
      {"recognise AAA",
       "'recognise AAA': found 'recognise'; allowed: a date (YYYY, YYYY-MM or YYYY-MM-DD) and what "
       "happens then"},
      {"2021-04",
       "'2021-04': found nothing more; allowed: recognise, withdraw, set, add, scale, hold, band"},
      {"2021-04 recognse AAA",
       "'2021-04 recognse AAA': found 'recognse'; allowed: recognise, withdraw, set, add, scale, "
       "hold, band (did you mean 'recognise'?)"},
      {"2021-04 recognise", "'2021-04 recognise': found nothing more; allowed: recognise ACTORS"},
      {"2021-04 hold misson AAA",
       "'2021-04 hold misson AAA': found 'misson'; allowed: severed, contact, dialogue, mission, "},
      {"2021-04 add mission AAA", "'2021-04 add mission AAA': found 'mission'; allowed: "},
      {"2021-04 set mission",
       "'2021-04 set mission': found nothing more; allowed: set RUNG ACTORS"},
      {"2021-04 add salience 1 ttp",
       "'2021-04 add salience 1 ttp': found nothing more; allowed: add salience NUMBER GROUP "
       "ACTORS"},
      {"2021-04 set opposition 0.5 AAA",
       "'2021-04 set opposition 0.5 AAA': found 'AAA'; allowed: set opposition NUMBER"},
      {"2021-04 set rivalry 1 AAA BBB", "allowed: set rivalry NUMBER ACTORS towards ACTORS"},
      {"2021-04 set rights open with luck 1",
       "'2021-04 set rights open with luck 1': found 'luck'; allowed: with probability NUMBER"},
      {"2021-04 set opposition 1 for",
       "'2021-04 set opposition 1 for': found nothing more; allowed: duration after 'for'"},
      {"2021-04 set opposition 1 for 1 year for 1 year", "found 'for'; allowed: once"},
      // What follows is said by the checks that events of files meet.
      {"2021-04 recognise XYZ", "actors: found 'XYZ'; allowed: AAA, BBB, CCC"},
      {"2021-04 recognise orgs:CLUB",
       "found unknown key 'orgs'; allowed: ids, org, region, subregion, except (did you mean "
       "'org'?)"},
      {"2021-04 set rights opn",
       "found 'opn'; allowed: repressive, restrictive, conditional, open"},
      {"2021-04 set opposition much", "found 'much'; allowed: number from 0 to 1"},
      {"2021-04 set opposition 1 for ever",
       "duration: found 'ever'; allowed: a number and a unit (such as 6 months)"},
      {"2021-04 recognise AAA for 1 year", "allowed: hold, which ends with the event"},
      {"2031-04 recognise AAA", "found '2031-04'; allowed: 2021-01-01 to 2022-12-01"},
      {"{date: 2021-04}", "found no key 'change'; allowed: it is required"},
  };
  for (const auto& [words, message] : cases)
    EXPECT_THAT(VariantFolder().inline_problems(words),
                ElementsAre(AllOf(StartsWith(words.empty() ? "''" : "'" + words.substr(0, 60)),
                                  HasSubstr(message))))
        << words;
}

TEST(InlineEvents, ReportEveryOneThatIsWrong) {
  const VariantFolder world;
  EXPECT_THAT(
      world.inline_problems("2021-04 rec AAA; 2021-05 set rights open; 2021-06 set x 1").size(),
      2U);
  EXPECT_THAT(world.problems({{}, {}, {"run.seed=3"}}),
              ElementsAre(StartsWith("'run.seed=3': found key 'run', which only the scenario")));
}

}  // namespace
}  // namespace entente
