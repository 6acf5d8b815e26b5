#include <gmock/gmock.h>

#include <limits>

#include "entente/model/model.hpp"
#include "support/tiny_world.hpp"

namespace entente {
namespace {

using test::tiny_world;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

/// What is said of the tiny world after a change.
template <class Edit>
std::vector<std::string> after(const Edit& edit) {
  Model model = tiny_world();
  edit(model);
  return violations(model);
}

Ladder& engagement(Model& m) { return m.ladders[index_of(LadderRole::engagement)]; }

TEST(Violations, AreNoneForAValidModel) {
  EXPECT_THAT(violations(tiny_world()), IsEmpty());
  EXPECT_THAT(violations(tiny_world(2)), IsEmpty());
}

TEST(Violations, AreAllReportedInTheOrderOfTheModel) {
  EXPECT_THAT(after([](Model& m) {
                m.temperature = 0.0F;
                m.actors[1].importance = -0.1F;
                m.actors[3].importance = 0.7F;
                m.initial_rungs[0] = 5;
                engagement(m).rate = nan;
              }),
              ElementsAre("actors[1].importance: found -0.100000001; allowed: 0 to 1",
                          "ladders.engagement.rate: found nan; allowed: 0 or more",
                          "temperature: found 0; allowed: above 0",
                          "initial_rungs[0]: found 5; allowed: below 5"));
}

TEST(Violations, NameAnEmptyModel) {
  const auto found = violations(Model{});
  EXPECT_THAT(found, Contains("actors: found none; allowed: one or more"));
  EXPECT_THAT(found, Contains("authorities: found none; allowed: one or more"));
  EXPECT_THAT(found, Contains("ladders.recognition.rungs: found 0 rungs; allowed: 1 to 16"));
}

TEST(Violations, NameNamesAndEntitiesThatStandTwice) {
  EXPECT_THAT(after([](Model& m) {
                m.actors[1].id = "ALF";
                m.actors[2].entity = 2;
                m.groups[1].id = "bandits";
                m.sectors[1] = "";
              }),
              ElementsAre("actors: found 'ALF' twice; allowed: once",
                          "actors: found entity 2 twice; allowed: once",
                          "groups: found 'bandits' twice; allowed: once",
                          "sectors: found an empty name; allowed: a name"));
}

TEST(Violations, NameImportanceThatDoesNotSumToOne) {
  EXPECT_THAT(after([](Model& m) { m.actors[4].importance = 0.25F; }),
              ElementsAre("actors: found importance that sums to 1.20000005; allowed: 1"));
  EXPECT_THAT(after([](Model& m) { m.actors[4].importance = nan; }),
              Contains("actors[4].importance: found nan; allowed: 0 to 1"));
}

TEST(Violations, NameGroupsOutOfRange) {
  EXPECT_THAT(after([](Model& m) {
                m.groups[0].host = 1;
                m.groups[0].halflife = 0.0F;
                m.groups[0].effect = 1.5F;
                m.groups[1].initial_activity = 0.0F;
                m.groups[1].volatility = infinity;
              }),
              ElementsAre("groups[0].host: found 1; allowed: below 1",
                          "groups[0].halflife: found 0; allowed: above 0",
                          "groups[0].effect: found 1.5; allowed: 0 to 1",
                          "groups[1].volatility: found inf; allowed: 0 or more",
                          "groups[1].initial_activity: found 0; allowed: above 0"));
}

TEST(Violations, NameAReversionThatOvershootsInOneStep) {
  EXPECT_THAT(after([](Model& m) { m.groups[0].reversion = 12.0F; }), IsEmpty());
  EXPECT_THAT(after([](Model& m) { m.groups[0].reversion = 12.1F; }),
              ElementsAre(HasSubstr("groups[0].reversion: found 12.1")));
  EXPECT_THAT(after([](Model& m) {
                m.authorities[0].dynamics.pull = 13.0F;
                m.authorities[0].dynamics.recover = 14.0F;
              }),
              ElementsAre(HasSubstr("dynamics.pull: found 13; allowed: at most 1 per step"),
                          HasSubstr("dynamics.recover: found 14; allowed: at most 1 per step")));
}

TEST(Violations, NameAuthoritiesOutOfRange) {
  EXPECT_THAT(after([](Model& m) {
                m.authorities[0].dynamics.rally = nan;
                m.authorities[0].dynamics.temperature = -1.0F;
                m.authorities[0].initial_rights = 4;
                m.authorities[0].initial_posture[1] = 9;
                m.authorities[0].initial_state = {1.5F, 0.0F, 1.0F, 10.0F};
              }),
              ElementsAre("authorities[0].dynamics.rally: found nan; allowed: finite numbers",
                          "authorities[0].dynamics.temperature: found -1; allowed: above 0",
                          "authorities[0].initial_rights: found 4; allowed: below 4",
                          "authorities[0].initial_posture[1]: found 9; allowed: below 4",
                          "authorities[0].initial_state[0]: found 1.5; allowed: 0 to 1"));
  EXPECT_THAT(after([](Model& m) { m.authorities[0].initial_posture.pop_back(); }),
              ElementsAre("authorities[0].initial_posture: found size 1; allowed: 2"));
}

TEST(Violations, NameLaddersThatDoNotFitTogether) {
  EXPECT_THAT(after([](Model& m) {
                engagement(m).height[4] = 241;
                engagement(m).signal.pop_back();
                engagement(m).baseline[2] = nan;
                m.ladders[1].recognises_from = 2;
              }),
              ElementsAre("ladders.engagement.height[4]: found 241; allowed: below 241",
                          "ladders.engagement.baseline[2]: found nan; allowed: finite numbers",
                          "ladders.engagement.signal: found size 4; allowed: 5",
                          "ladders.recognition.recognises_from: found 2; allowed: below 2"));
  EXPECT_THAT(after([](Model& m) {
                engagement(m).height = {0, 120, 60, 180, 240};
              }),
              ElementsAre(HasSubstr("allowed: ascending heights")));
  EXPECT_THAT(after([](Model& m) { m.ladders[1].recognises_from = max_rungs; }), IsEmpty())
      << "a ladder need not recognise";
}

TEST(Violations, NameAuthorityLaddersOutOfRange) {
  EXPECT_THAT(after([](Model& m) {
                m.rights.value[0] = -0.1F;
                m.posture.value[0] = -1.1F;
                m.posture.up = nan;
              }),
              ElementsAre("ladders.rights.value[0]: found -0.100000001; allowed: 0 to 1",
                          "ladders.posture.value[0]: found -1.10000002; allowed: -1 to 1",
                          "ladders.posture.up: found nan; allowed: finite numbers"));
}

TEST(Violations, NameParametersOutsideTheirRanges) {
  EXPECT_THAT(after([](Model& m) {
                m.parameters.at(Param::security_weight, 0, 2) = 11.0F;
                m.parameters.at(Param::exposure, 1, 0) = nan;
                m.parameters.at(Param::standing, 0, 0) = -1.0F;
              }),
              ElementsAre("parameters.security_weight[2]: found 11; allowed: 0 to 10",
                          "parameters.exposure[5]: found nan; allowed: 0 to 1"));
}

TEST(Violations, NameParametersOfAnotherWorld) {
  const auto found = after([](Model& m) { m.parameters = ParameterTable(Extents{5, 1, 2, 3, 1}); });
  EXPECT_THAT(found, Contains("parameters.sectors: found size 3; allowed: 2"));
}

TEST(Violations, NameSeriesThatDoNotFit) {
  EXPECT_THAT(after([](Model& m) { m.series[0].values.pop_back(); }),
              ElementsAre("series[0].values: found size 23; allowed: 24"));
  EXPECT_THAT(after([](Model& m) { m.series[0].values[7] = 1.5F; }),
              ElementsAre("series[0].values[7]: found 1.5; allowed: 0 to 1"));
  EXPECT_THAT(after([](Model& m) { m.series[0].slots[0] = 1U << 20; }),
              ElementsAre(HasSubstr("series[0].slots: found 1048576; allowed: below ")));
}

TEST(Violations, NameRelationsThatDoNotFit) {
  EXPECT_THAT(after([](Model& m) {
                m.alignment = Relation::scaled(5, std::vector<double>(25, 0.0));
                m.rivalry = Relation(4);
              }),
              Contains("rivalry: found size 4; allowed: 5"));
  std::vector<double> half(25, 0.0);
  half[1] = 0.5;
  EXPECT_THAT(after([&](Model& m) { m.alignment = Relation::scaled(5, half); }),
              ElementsAre("alignment[0]: found a row that sums to 0.5; allowed: 1 or 0"));
  half[1] = 1.5;
  EXPECT_THAT(after([&](Model& m) { m.rivalry = Relation::scaled(5, half); }),
              ElementsAre("rivalry[0][1]: found 1.5; allowed: 0 to 1"));
}

/// A world of `n` actors in which one has `rivals` full rivals.
Model crowded_world(std::size_t n, std::size_t rivals) {
  Model m = tiny_world();
  m.events.clear();
  m.bodies.clear();
  const Actor first = m.actors[0];
  m.actors.assign(n, first);
  for (std::size_t i = 0; i < n; ++i) {
    m.actors[i].id = "A" + std::to_string(i);
    m.actors[i].entity = static_cast<std::uint32_t>(i);
    m.actors[i].importance = 1.0F / static_cast<float>(n);
  }
  m.parameters = ParameterTable(m.extents());
  m.alignment = Relation(n);
  std::vector<double> dense(n * n, 0.0);
  for (std::size_t j = 1; j <= rivals; ++j) dense[j] = 1.0;
  m.rivalry = Relation::scaled(n, dense);
  m.initial_rungs.assign(ladder_count * n, 0);
  m.initial_salience.assign(m.groups.size() * n, 0.0F);
  return m;
}

TEST(Violations, NameRowsWhoseSumsWouldOverflow) {
  EXPECT_THAT(violations(crowded_world(300, 256)), IsEmpty());
  EXPECT_THAT(violations(crowded_world(300, 257)),
              ElementsAre("rivalry[0]: found a row that may sum to 257; allowed: 256 or less"));
}

TEST(Violations, CountWhatEventsMayAddToARow) {
  Model m = crowded_world(300, 256);
  Event event;
  event.id = "quarrel";
  event.changes = {{EventOp::set, Space::rivalry, {299}, 1.0F, 0.0F}};
  m.events = {event};
  EXPECT_THAT(violations(m),
              ElementsAre("rivalry[0]: found a row that may sum to 257; allowed: 256 or less"));
  m.events[0].changes[0].indices = {256};
  EXPECT_THAT(violations(m), IsEmpty()) << "the entry was counted already";
}

TEST(Violations, NameTooManySectorsForExactSums) {
  const auto found = after([](Model& m) {
    m.sectors.clear();
    for (int s = 0; s < 31; ++s) m.sectors.push_back("s" + std::to_string(s));
  });
  EXPECT_THAT(found, Contains("sectors: found 31; allowed: 30 or fewer"));
}

TEST(Violations, NameTermsAndCovariates) {
  EXPECT_THAT(after([](Model& m) {
                m.terms[3].values[1] = nan;
                m.terms[1].key = "baseline";
                m.covariates[0].coefficient = infinity;
                m.covariates[0].ladders = {};
              }),
              ElementsAre("terms[3].values[1]: found nan; allowed: finite numbers",
                          "covariates[0].coefficient: found inf; allowed: finite numbers",
                          HasSubstr("covariates[0].ladders: found 0; allowed: one or more"),
                          "terms and covariates: found 'baseline' twice; allowed: once"));
  EXPECT_THAT(after([](Model& m) { m.covariates[0].profile = Profile::moving_down; }),
              ElementsAre("covariates[0].profile: found 9; allowed: below 8"));
  EXPECT_THAT(after([](Model& m) { m.covariates[0].key = "rights"; }),
              ElementsAre("terms and covariates: found 'rights' twice; allowed: once"));
}

TEST(Violations, NameEventsOutOfRange) {
  EXPECT_THAT(after([](Model& m) {
                m.events[0].last_step = 2;
                m.events[1].duration = 0;
                m.events[2].probability = 1.1F;
                m.events[3].id = "ban";
              }),
              ElementsAre("events[0].last_step: found 2; allowed: 3 or later",
                          "events[1].duration: found 0; allowed: 1 step or more",
                          "events[2].probability: found 1.10000002; allowed: 0 to 1",
                          "events: found 'ban' twice; allowed: once"));
}

TEST(Violations, NameConditionsOutOfRange) {
  EXPECT_THAT(after([](Model& m) {
                m.events[0].when = {
                    CountCondition{0, LadderRole::recognition, 2, {1, 0, 5}, false, 1.0F, 2.0F},
                    StateCondition{1, AuthorityState::control, 0.5F, 0.4F},
                    AuthorityRungCondition{0, 3, 0, 1}};
              }),
              ElementsAre("events[0].when[0].rung: found 2; allowed: below 2",
                          "events[0].when[0].among: found 5; allowed: below 5",
                          "events[0].when[0].among: found actors out of order; allowed: ascending",
                          "events[0].when[1].authority: found 1; allowed: below 1",
                          HasSubstr("events[0].when[1]: found 0.5 to 0.400000006"),
                          "events[0].when[2].ladder: found 3; allowed: below 3"));
}

/// What is said of a change that the first event makes.
std::vector<std::string> after_change(Change change) {
  return after([&](Model& m) { m.events[0].changes = {std::move(change)}; });
}

TEST(Violations, NameIndicesOutOfRangeForEverySpace) {
  const std::size_t parameters = tiny_world().parameters.all().size();
  const std::pair<Space, std::uint64_t> sizes[] = {
      {Space::parameter, parameters}, {Space::rung, 15},    {Space::authority_rung, 3},
      {Space::authority_state, 4},    {Space::activity, 2}, {Space::salience, 10},
      {Space::alignment, 25},         {Space::rivalry, 25}};
  for (const auto& [space, size] : sizes) {
    EXPECT_THAT(after_change({EventOp::add, space, {size}, 0.0F, 0.0F}),
                ElementsAre("events[0].changes[0].indices[0]: found " + std::to_string(size) +
                            "; allowed: below " + std::to_string(size)));
  }
}

TEST(Violations, NameIndicesThatDoNotAscend) {
  for (const std::vector<std::uint64_t>& indices :
       {std::vector<std::uint64_t>{1, 0}, std::vector<std::uint64_t>{1, 1}}) {
    EXPECT_THAT(after_change({EventOp::scale, Space::activity, indices, 1.0F, 0.0F}),
                ElementsAre(HasSubstr("allowed: ascending, each once")));
  }
  EXPECT_THAT(after_change({EventOp::scale, Space::activity, {}, 1.0F, 0.0F}),
              ElementsAre("events[0].changes[0].indices: found none; allowed: one or more"));
}

TEST(Violations, NameRungsThatDoNotExist) {
  EXPECT_THAT(after_change({EventOp::set, Space::rung, {0}, 5.0F, 0.0F}),
              ElementsAre("events[0].changes[0].value: found 5; allowed: 0 to 4"));
  EXPECT_THAT(after_change({EventOp::set, Space::rung, {5}, 2.0F, 0.0F}),
              ElementsAre("events[0].changes[0].value: found 2; allowed: 0 to 1"));
  EXPECT_THAT(after_change({EventOp::hold, Space::authority_rung, {2}, 1.5F, 0.0F}),
              ElementsAre("events[0].changes[0].value: found 1.5; allowed: whole numbers"));
  EXPECT_THAT(after_change({EventOp::band, Space::rung, {0}, 3.0F, 2.0F}),
              ElementsAre(HasSubstr("found 3 to 2; allowed: a range that is not empty")));
  EXPECT_THAT(after_change({EventOp::add, Space::rung, {0}, -1.0F, 0.0F}), IsEmpty());
}

TEST(Violations, NameOperationsThatATargetDoesNotKnow) {
  EXPECT_THAT(after_change({EventOp::band, Space::activity, {0}, 1.0F, 2.0F}),
              ElementsAre(HasSubstr("a band is for rungs")));
  EXPECT_THAT(after_change({EventOp::scale, Space::rung, {0}, 1.0F, 0.0F}),
              ElementsAre(HasSubstr("rungs are whole numbers")));
  EXPECT_THAT(after_change({static_cast<EventOp>(0), Space::rung, {0}, 1.0F, 0.0F}),
              ElementsAre("events[0].changes[0].op: found 0; allowed: 1 to 5"));
  EXPECT_THAT(after_change({EventOp::set, static_cast<Space>(9), {0}, 1.0F, 0.0F}),
              ElementsAre("events[0].changes[0].space: found 9; allowed: 1 to 8"));
}

TEST(Violations, NameValuesOutsideTheRangeOfTheirTarget) {
  EXPECT_THAT(after_change({EventOp::set, Space::parameter, {0, 1, 2}, 11.0F, 0.0F}),
              ElementsAre("events[0].changes[0].value: found 11; allowed: 0 to 10"))
      << "once, not for each index";
  EXPECT_THAT(after_change({EventOp::hold, Space::authority_state, {2}, 1.5F, 0.0F}),
              ElementsAre("events[0].changes[0].value: found 1.5; allowed: 0 to 1"));
  EXPECT_THAT(after_change({EventOp::set, Space::authority_state, {3}, 9.0F, 0.0F}), IsEmpty());
  EXPECT_THAT(after_change({EventOp::set, Space::rivalry, {1}, 1.5F, 0.0F}),
              ElementsAre("events[0].changes[0].value: found 1.5; allowed: 0 to 1"));
  EXPECT_THAT(after_change({EventOp::scale, Space::activity, {1}, -1.0F, 0.0F}),
              ElementsAre("events[0].changes[0].value: found -1; allowed: 0 or more"));
  EXPECT_THAT(after_change({EventOp::set, Space::alignment, {6}, 0.5F, 0.0F}),
              ElementsAre(HasSubstr("found 6 (an actor and itself); allowed: pairs")));
  EXPECT_THAT(after_change({EventOp::add, Space::parameter, {0}, nan, 0.0F}),
              ElementsAre("events[0].changes[0].value: found nan; allowed: finite numbers"));
}

TEST(Violations, NameBodiesOutOfRange) {
  EXPECT_THAT(after([](Model& m) {
                Body& body = m.bodies[0];
                body.rung = 2;
                body.members = {0, 0, 7};
                body.veto_rung = 3;
                body.reverse_below = 0.7F;
                body.changes[0].indices.clear();
              }),
              ElementsAre("bodies[0].rung: found 2; allowed: below 2",
                          "bodies[0].members: found 7; allowed: below 5",
                          "bodies[0].members: found actor 0 twice; allowed: once",
                          "bodies[0].veto_rung: found 3; allowed: below 2",
                          "bodies[0].reverse_below: found 0.699999988; allowed: the threshold or "
                          "less",
                          "bodies[0].changes[0].indices: found none; allowed: one or more"));
  EXPECT_THAT(after([](Model& m) { m.bodies[0].members.clear(); }),
              ElementsAre("bodies[0].members: found none; allowed: one or more"));
}

TEST(Violations, NameAStartThatDoesNotFit) {
  EXPECT_THAT(after([](Model& m) {
                m.initial_rungs[7] = 2;
                m.initial_salience[9] = 3.5F;
              }),
              ElementsAre("initial_rungs[7]: found 2; allowed: below 2",
                          "initial_salience[9]: found 3.5; allowed: 0 to 3"));
  EXPECT_THAT(after([](Model& m) {
                m.initial_rungs.pop_back();
                m.initial_salience.clear();
              }),
              ElementsAre("initial_rungs: found size 14; allowed: 15",
                          "initial_salience: found size 0; allowed: 10"));
}

}  // namespace
}  // namespace entente
