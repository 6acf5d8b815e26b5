// What is wrong with a study is told at once, with its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study_folder.hpp"

namespace entente {
namespace {

using test::study_design;
using test::study_measures;
using test::study_parameters;
using test::StudyFolder;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<std::string> problems(const std::string& more) { return StudyFolder(more).problems(); }

std::vector<std::string> of_parameters(const std::string& list) {
  return problems("parameters: " + list + '\n' + study_design + study_measures);
}
std::vector<std::string> of_design(const std::string& design) {
  return problems(
      "parameters: [{name: x, path: temperature, uniform: [1, 2]}, "
      "{name: when, path: events.first.date, choice: [2021-02, 2021-05]}]\ndesign: " +
      design + '\n' + study_measures);
}
std::vector<std::string> of_measures(const std::string& measures) {
  return problems(std::string(study_parameters) + study_design + "measures: " + measures + '\n');
}

TEST(StudyErrors, AreNoneInASmallStudy) {
  EXPECT_THAT(of_parameters("[{path: temperature, uniform: [1, 2]}]"), IsEmpty());
}

TEST(StudyErrors, NameUnknownAndMissingKeys) {
  EXPECT_THAT(
      problems("parameter: []\nmeasures: {}\n"),
      ElementsAre(StartsWith("1:1: found no key 'design'; allowed: it is required"),
                  StartsWith("1:1: found no parameters; allowed: one or more, or several variants"),
                  HasSubstr("4:1: found unknown key 'parameter'; allowed: entente, title"),
                  "5:11: measures: found no measures; allowed: one or more"));
}

TEST(StudyErrors, NamePathsThatTheScenarioRefuses) {
  EXPECT_THAT(of_parameters(R"([{path: terms.rights.coeficient, uniform: [0, 2]},
  {path: events.second.probability, uniform: [0, 1]},
  {path: events.first.probability, uniform: [0, 1.5]},
  {path: events.first.date, choice: [2021-02, 2030-01]},
  {path: a..b, uniform: [0, 1]}, {path: extends, choice: [a, b]}])"),
              ElementsAre("8:10: parameters[4].path: found 'a..b'; allowed: a path such as "
                          "terms.rights.coefficient",
                          "8:41: parameters[5].path: found 'extends'; allowed: a path such as "
                          "terms.rights.coefficient"));
  EXPECT_THAT(
      of_parameters(R"([{path: terms.rights.coeficient, uniform: [0, 2]},
  {path: events.second.probability, uniform: [0, 1]},
  {path: events.first.probability, uniform: [0, 1.5]},
  {path: events.first.date, choice: [2021-02, 2030-01]}])"),
      ElementsAre(
          HasSubstr("4:21: terms.rights: found unknown key 'coeficient'; allowed: on, "),
          HasSubstr("5:10: events: found 'second'; allowed: first, "),
          HasSubstr("6:10: events[0].probability: found '1.5'; allowed: number from 0 to 1"),
          HasSubstr("7:10: events[0].date: found '2030-01'; allowed: 2021-01-01 to ")));
}

TEST(StudyErrors, NameWhatIsWrongWithParameters) {
  EXPECT_THAT(of_parameters("[{path: temperature, uniform: [2, 1]}]"),
              ElementsAre("4:43: parameters[0].uniform.low: found 2; allowed: below high (1)"));
  EXPECT_THAT(of_parameters("[{path: temperature, pert: {low: 1, mode: 3, high: 2}}]"),
              ElementsAre("4:55: parameters[0].pert.mode: found 3; allowed: 1 to 2"));
  EXPECT_THAT(of_parameters("[{path: temperature, uniform: [1, 2, 3]}]"),
              ElementsAre("4:43: parameters[0].uniform: found a list of 3; allowed: 2 to 2"));
  EXPECT_THAT(of_parameters("[{path: temperature, uniform: [1, 2], normal: [1, 2]}]"),
              ElementsAre(StartsWith("4:14: parameters[0]: found uniform, normal, more than one "
                                     "distribution; allowed: one of uniform, log_uniform, ")));
  EXPECT_THAT(
      of_parameters("[{path: temperature, unifrom: [1, 2]}]"),
      ElementsAre(HasSubstr("4:34: parameters[0]: found unknown key 'unifrom'; allowed: ")));
  EXPECT_THAT(of_parameters("[{path: temperature, integers: [1, 2.5]}]"),
              ElementsAre("4:48: parameters[0].integers[1]: found '2.5'; allowed: whole numbers"));
  EXPECT_THAT(of_parameters("[{uniform: [1, 2]}, {paths: [temperature, rivalry_presence], "
                            "uniform: [0.5, 1]}]"),
              ElementsAre("4:14: parameters[0]: found no key 'path'; allowed: path or paths",
                          "4:33: parameters[1]: found no key 'name'; allowed: it is required with "
                          "several paths"));
}

// Replicates of all points are compared one by one.
TEST(StudyErrors, NameParametersThatTakeAwayTheSameLuck) {
  EXPECT_THAT(of_parameters("[{path: run.seed, integers: [7, 8]}]"),
              ElementsAre(HasSubstr("4:21: parameters: ")));
  EXPECT_THAT(of_parameters("[{path: temperature, uniform: [1, 2]}, {path: run.seed, integers: [7, "
                            "8]}]"),
              ElementsAre(HasSubstr("4:59: parameters: ")));
  EXPECT_THAT(of_parameters("[{path: time.end, choice: [2022-06, 2022-12]}]"),
              ElementsAre(HasSubstr("4:21: parameters: ")));
  EXPECT_THAT(of_parameters("[{path: actors.select.except, choice: [CCC, BBB]}]"),
              Contains(HasSubstr("4:21: parameters: ")));
}

TEST(StudyErrors, SayNothingOfWhatFollowsFromAnother) {
  EXPECT_THAT(problems("parameters: {}\nvariants: {}\nset: 3\ndesign: []\nmeasures: 4\n"),
              ElementsAre("4:13: parameters: found a mapping; allowed: a list",
                          "5:11: variants: found a mapping; allowed: text or a list",
                          "6:6: set: found '3'; allowed: a mapping",
                          "7:9: design: found a list; allowed: a mapping",
                          "8:11: measures: found '4'; allowed: a mapping"));
  EXPECT_THAT(of_parameters("[{fitted: {}}, {path: temperature, uniform: }]"),
              ElementsAre("4:23: parameters[0].fitted: found a mapping; allowed: text or a list",
                          HasSubstr("parameters[1].uniform: found nothing; allowed: a list or a")));
}

TEST(StudyErrors, NameWhatIsSaidTwice) {
  EXPECT_THAT(of_parameters("[{name: x, path: temperature, uniform: [1, 2]}, {name: x, path: "
                            "rivalry_presence, uniform: [0, 1]}]"),
              ElementsAre("4:77: parameters: found the name 'x' twice; allowed: once"));
  EXPECT_THAT(of_parameters("[{path: groups.ttp.attack_rate, uniform: [1, 2]}, {name: y, path: "
                            "groups.ttp, choice: ['{}', a]}]"),
              ElementsAre(HasSubstr("parameters[1]: found 'groups.ttp', which the parameter "
                                    "'groups.ttp.attack_rate' sets as well; allowed: each value "
                                    "once")));
  EXPECT_THAT(of_parameters("[{path: events.first.date, choice: [2021-02, 2021-02]}]"),
              ElementsAre("4:58: parameters[0].choice[1]: found '2021-02' twice; allowed: once"));
}

TEST(StudyErrors, NameDesignsThatDoNotSuitTheParameters) {
  EXPECT_THAT(of_design("{saltelli: {base: 0}}"),
              ElementsAre(HasSubstr("5:27: design.saltelli.base: found 0; allowed: 1 to ")));
  EXPECT_THAT(
      of_design("{}"),
      ElementsAre(StartsWith("5:9: design: found no design; allowed: one of grid, list, ")));
  EXPECT_THAT(of_design("{grid: {levels: {y: 3}}}"),
              ElementsAre("5:25: design.grid.levels: found no levels of 'x'; allowed: they are "
                          "required",
                          "5:26: design.grid.levels: found 'y'; allowed: x, when"));
  EXPECT_THAT(of_design("{grid: {levels: {x: 3, when: 2}}}"),
              ElementsAre("5:38: design.grid.levels.when: found levels of a choice; allowed: it "
                          "has all its values"));
  EXPECT_THAT(
      of_design("{list: {rows: [{x: 1, when: 2021-02}, {x: 3, when: 2021-03}, {x: a}]}}"),
      ElementsAre(HasSubstr("5:60: design.list.rows[1].when: found '2021-03'; allowed: 2021-02, "
                            "2021-05"),
                  "5:70: design.list.rows[2]: found no value of 'when'; allowed: it is "
                  "required",
                  "5:74: design.list.rows[2].x: found 'a'; allowed: a finite number"));
  EXPECT_THAT(of_design("{list: {rows: [{x: 3, when: 2021-02}]}}"),
              ElementsAre("5:16: design.list.x: found 3 in row 0; allowed: 1 to 2"));
  EXPECT_THAT(problems(std::string("parameters: [{path: temperature, normal: [1, 0.1]}]\n"
                                   "design: {morris: {trajectories: 4}}\n") +
                       study_measures),
              ElementsAre(HasSubstr("design.morris.temperature: found an unbounded factor")));
}

TEST(StudyErrors, NameCellsOfATableOfPoints) {
  StudyFolder world;
  world.folder.file("studies/points.csv", "x,when,more\n1,2021-02,1\n1.5,2022-02,1\n");
  world.write(
      "parameters: [{name: x, path: temperature, uniform: [1, 2]}, {name: when, path: "
      "events.first.date, choice: [2021-02, 2021-05]}]\n"
      "design: {list: {file: points.csv}}\n" +
      std::string(study_measures));
  EXPECT_THAT(
      world.problems(),
      ElementsAre("studies/points.csv:1:8: found 'more'; allowed: x, when",
                  HasSubstr("studies/points.csv:3:5: when: found '2022-02'; allowed: 2021-02, "
                            "2021-05")));
}

TEST(StudyErrors, NameMeasuresAndTheirFields) {
  EXPECT_THAT(
      of_measures("{a: {cuont: {}}, b: {count: {ladder: recognition}}, c: {}}"),
      ElementsAre(HasSubstr("6:16: measures.a: found unknown key 'cuont'; allowed: count, "),
                  "6:39: measures.b.count: found no key 'rung'; allowed: it is required",
                  StartsWith("6:66: measures.c: found no measure; allowed: one of count, ")));
  EXPECT_THAT(
      of_measures("{a: {count: {ladder: recognition, rung: ambassador, at: 2030, actors: [XXX], "
                  "authority: ABC}}}"),
      ElementsAre("6:51: measures.a.count.rung: found 'ambassador'; allowed: withheld, recognised",
                  HasSubstr("6:67: measures.a.count.at: found '2030'; allowed: 2021-01-01 to "),
                  HasSubstr("6:82: measures.a.count.actors[0]: found 'XXX'; allowed: AAA, BBB"),
                  "6:99: measures.a.count.authority: found 'ABC'; allowed: KAB"));
  EXPECT_THAT(of_measures("{a: {threshold: {ladder: recognition, rung: recognised, at_least: 9, "
                          "step: 2021-05}}}"),
              ElementsAre("6:77: measures.a.threshold.at_least: found 9; allowed: 1 to 3"));
  EXPECT_THAT(
      of_measures("{a b: {count: {ladder: recognition, rung: recognised}}}"),
      ElementsAre(HasSubstr("found the name 'a b'; allowed: letters, digits, '_' and '-'")));
  EXPECT_THAT(of_measures("{a: {state: {state: control, at: [2021-05, 2021-05-02]}}}"),
              ElementsAre(HasSubstr("found '2021-05-02', whose step is named before")));
}

TEST(StudyErrors, NameColumnsAndStatisticsThatThereAreNot) {
  EXPECT_THAT(
      problems(std::string(study_parameters) + study_design + study_measures +
               "analysis:\n  measures: [r, q]\n  discover: [{measure: r@2021, statistic: q99}, "
               "{measure: r, at_least: 2, at_most: 1}]\n"),
      ElementsAre("8:17: analysis.measures[1]: found 'q'; allowed: r",
                  HasSubstr("9:24: analysis.discover[0].measure: found 'r@2021'; allowed: r"),
                  HasSubstr("9:43: analysis.discover[0].statistic: found 'q99'; allowed: mean, "
                            "variance, error, q05"),
                  "9:49: analysis.discover[1]: found 'at_least' above 'at_most'; allowed: bounds "
                  "that can be met"));
}

TEST(StudyErrors, NameProblemsOfAllFilesAtOnce) {
  StudyFolder world;
  world.folder.file("variants/w.yaml", test::variant_text("terms: {rihgts: {}}\n"));
  world.write(std::string("variants: [v, w, x, v, y.yaml]\nset: {temperatur: 2}\n") +
              study_parameters + study_design + study_measures);
  EXPECT_THAT(world.problems(),
              ElementsAre(HasSubstr("4:18: variants[2]: found 'x'; allowed: none, v, w"),
                          "4:21: variants[3]: found 'v' twice; allowed: once",
                          HasSubstr("4:24: variants[4]: "),
                          HasSubstr("5:7: found unknown key 'temperatur'; allowed: ")));
  world.write(std::string("variants: [v, w]\n") + study_parameters + study_design + study_measures);
  EXPECT_THAT(world.problems(),
              ElementsAre(HasSubstr("variants/w.yaml:4:9: terms: found unknown key 'rihgts'")));
  EXPECT_THAT(world.problems({{"nothing=1"}, {}, {}}),
              ElementsAre(HasSubstr("--set: found unknown key 'nothing'")));
}

TEST(StudyErrors, NameAMissingScenario) {
  StudyFolder world;
  const std::string rest = std::string(study_parameters) + study_design + study_measures;
  world.write("scenario: ../nowhere\n" + rest);
  EXPECT_THAT(world.problems(), ElementsAre(HasSubstr("4:11: scenario: ")));
  world.folder.file("s.yaml", "entente: 1\ntitle: a\nquestion: b\n" + rest);
  EXPECT_THROW((void)load_study(world.folder.path() / "s.yaml"), InputError);
  EXPECT_THROW((void)load_study(world.folder.path() / "none.yaml"), FileError);
}

}  // namespace
}  // namespace entente
