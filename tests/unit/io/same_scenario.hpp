#pragma once

#include <gtest/gtest.h>

#include "entente/io/scenario.hpp"
#include "io/fields.hpp"

namespace entente::test {

inline void expect_same(const std::vector<Change>& a, const std::vector<Change>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t x = 0; x < a.size(); ++x) {
    EXPECT_EQ(a[x].op, b[x].op);
    EXPECT_EQ(a[x].space, b[x].space);
    EXPECT_EQ(a[x].indices, b[x].indices);
    EXPECT_EQ(a[x].value, b[x].value);
    EXPECT_EQ(a[x].high, b[x].high);
  }
}

inline void expect_same(const Condition& a, const Condition& b) {
  ASSERT_EQ(a.index(), b.index());
  if (const auto* count = std::get_if<CountCondition>(&a)) {
    const auto& other = std::get<CountCondition>(b);
    EXPECT_EQ(count->authority, other.authority);
    EXPECT_EQ(count->ladder, other.ladder);
    EXPECT_EQ(count->rung, other.rung);
    EXPECT_EQ(count->among, other.among);
    EXPECT_EQ(count->by_importance, other.by_importance);
    EXPECT_EQ(count->at_least, other.at_least);
    EXPECT_EQ(count->at_most, other.at_most);
  } else if (const auto* state = std::get_if<StateCondition>(&a)) {
    const auto& other = std::get<StateCondition>(b);
    EXPECT_EQ(state->authority, other.authority);
    EXPECT_EQ(state->state, other.state);
    EXPECT_EQ(state->at_least, other.at_least);
    EXPECT_EQ(state->at_most, other.at_most);
  } else {
    const auto& rung = std::get<AuthorityRungCondition>(a);
    const auto& other = std::get<AuthorityRungCondition>(b);
    EXPECT_EQ(rung.authority, other.authority);
    EXPECT_EQ(rung.ladder, other.ladder);
    EXPECT_EQ(rung.at_least, other.at_least);
    EXPECT_EQ(rung.at_most, other.at_most);
  }
}

inline void expect_same(const Event& a, const Event& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.note, b.note);
  EXPECT_EQ(a.first_step, b.first_step);
  EXPECT_EQ(a.last_step, b.last_step);
  EXPECT_EQ(a.duration, b.duration);
  EXPECT_EQ(a.probability, b.probability);
  ASSERT_EQ(a.when.size(), b.when.size());
  for (std::size_t x = 0; x < a.when.size(); ++x) expect_same(a.when[x], b.when[x]);
  expect_same(a.changes, b.changes);
}

inline void expect_same(const Body& a, const Body& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.authority, b.authority);
  EXPECT_EQ(a.ladder, b.ladder);
  EXPECT_EQ(a.rung, b.rung);
  EXPECT_EQ(a.members, b.members);
  EXPECT_EQ(a.by_importance, b.by_importance);
  EXPECT_EQ(a.threshold, b.threshold);
  EXPECT_EQ(a.reverse_below, b.reverse_below);
  EXPECT_EQ(a.vetoes, b.vetoes);
  EXPECT_EQ(a.veto_rung, b.veto_rung);
  EXPECT_EQ(a.initially, b.initially);
  expect_same(a.changes, b.changes);
}

inline void expect_same(const Relation& a, const Relation& b) {
  ASSERT_EQ(a.actors(), b.actors());
  ASSERT_EQ(a.nonzeros(), b.nonzeros());
  for (std::size_t j = 0; j < a.actors(); ++j) {
    EXPECT_TRUE(std::ranges::equal(a.column(j), b.column(j))) << "column " << j;
    EXPECT_EQ(a.row_sum(j), b.row_sum(j));
  }
}

inline void expect_same(const Ladder& a, const Ladder& b) {
  EXPECT_EQ(a.key, b.key);
  EXPECT_EQ(a.rungs, b.rungs);
  EXPECT_EQ(a.height, b.height);
  EXPECT_EQ(a.baseline, b.baseline);
  EXPECT_EQ(a.security, b.security);
  EXPECT_EQ(a.economic, b.economic);
  EXPECT_EQ(a.exposure, b.exposure);
  EXPECT_EQ(a.signal, b.signal);
  EXPECT_EQ(a.recognises_from, b.recognises_from);
  EXPECT_EQ(a.rate, b.rate);
  EXPECT_EQ(a.up, b.up);
  EXPECT_EQ(a.down, b.down);
}

inline void expect_same(const AuthorityLadder& a, const AuthorityLadder& b) {
  EXPECT_EQ(a.key, b.key);
  EXPECT_EQ(a.rungs, b.rungs);
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.rate, b.rate);
  EXPECT_EQ(a.up, b.up);
  EXPECT_EQ(a.down, b.down);
}

inline void expect_same_entities(const Model& a, const Model& b) {
  ASSERT_EQ(a.actors.size(), b.actors.size());
  for (std::size_t i = 0; i < a.actors.size(); ++i) {
    EXPECT_EQ(a.actors[i].id, b.actors[i].id);
    EXPECT_EQ(a.actors[i].name, b.actors[i].name);
    EXPECT_EQ(a.actors[i].region, b.actors[i].region);
    EXPECT_EQ(a.actors[i].entity, b.actors[i].entity);
    EXPECT_EQ(a.actors[i].importance, b.actors[i].importance);
  }
  ASSERT_EQ(a.authorities.size(), b.authorities.size());
  for (std::size_t k = 0; k < a.authorities.size(); ++k) {
    EXPECT_EQ(a.authorities[k].id, b.authorities[k].id);
    EXPECT_EQ(a.authorities[k].name, b.authorities[k].name);
    EXPECT_EQ(a.authorities[k].initial_rights, b.authorities[k].initial_rights);
    EXPECT_EQ(a.authorities[k].initial_posture, b.authorities[k].initial_posture);
    EXPECT_EQ(a.authorities[k].initial_state, b.authorities[k].initial_state);
    for (const auto& field : dynamics_fields()) {
      EXPECT_EQ(a.authorities[k].dynamics.*field.member, b.authorities[k].dynamics.*field.member)
          << field.name;
    }
  }
  ASSERT_EQ(a.groups.size(), b.groups.size());
  for (std::size_t g = 0; g < a.groups.size(); ++g) {
    EXPECT_EQ(a.groups[g].id, b.groups[g].id);
    EXPECT_EQ(a.groups[g].name, b.groups[g].name);
    EXPECT_EQ(a.groups[g].host, b.groups[g].host);
    for (const auto& field : group_fields()) {
      EXPECT_EQ(a.groups[g].*field.member, b.groups[g].*field.member) << field.name;
    }
  }
  EXPECT_EQ(a.sectors, b.sectors);
}

inline void expect_same_mechanisms(const Model& a, const Model& b) {
  ASSERT_EQ(a.terms.size(), b.terms.size());
  for (std::size_t x = 0; x < a.terms.size(); ++x) {
    EXPECT_EQ(a.terms[x].key, b.terms[x].key);
    EXPECT_EQ(a.terms[x].values, b.terms[x].values);
  }
  ASSERT_EQ(a.covariates.size(), b.covariates.size());
  for (std::size_t x = 0; x < a.covariates.size(); ++x) {
    EXPECT_EQ(a.covariates[x].key, b.covariates[x].key);
    EXPECT_EQ(a.covariates[x].coefficient, b.covariates[x].coefficient);
    EXPECT_EQ(a.covariates[x].profile, b.covariates[x].profile);
    EXPECT_EQ(a.covariates[x].ladders.bits, b.covariates[x].ladders.bits);
  }
  ASSERT_EQ(a.series.size(), b.series.size());
  for (std::size_t x = 0; x < a.series.size(); ++x) {
    EXPECT_EQ(a.series[x].slots, b.series[x].slots);
    EXPECT_EQ(a.series[x].values, b.series[x].values);
  }
  ASSERT_EQ(a.events.size(), b.events.size());
  for (std::size_t x = 0; x < a.events.size(); ++x) expect_same(a.events[x], b.events[x]);
  ASSERT_EQ(a.bodies.size(), b.bodies.size());
  for (std::size_t x = 0; x < a.bodies.size(); ++x) expect_same(a.bodies[x], b.bodies[x]);
}

/// Every number of two models, one by one.
inline void expect_same(const Model& a, const Model& b) {
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.calendar.start(), b.calendar.start());
  EXPECT_EQ(a.calendar.end(), b.calendar.end());
  EXPECT_EQ(a.calendar.unit(), b.calendar.unit());
  EXPECT_EQ(a.rivalry_presence, b.rivalry_presence);
  EXPECT_EQ(a.temperature, b.temperature);
  expect_same_entities(a, b);
  for (const auto d : all_ladders) expect_same(a.ladders[index_of(d)], b.ladders[index_of(d)]);
  expect_same(a.rights, b.rights);
  expect_same(a.posture, b.posture);
  EXPECT_TRUE(std::ranges::equal(a.parameters.all(), b.parameters.all()));
  expect_same(a.alignment, b.alignment);
  expect_same(a.rivalry, b.rivalry);
  expect_same_mechanisms(a, b);
  EXPECT_EQ(a.initial_rungs, b.initial_rungs);
  EXPECT_EQ(a.initial_salience, b.initial_salience);
}

inline void expect_same(const Scenario& a, const Scenario& b) {
  expect_same(a.model, b.model);
  EXPECT_EQ(a.question, b.question);
  EXPECT_EQ(a.replicates, b.replicates);
  EXPECT_EQ(a.record, b.record);
  EXPECT_EQ(a.overrides, b.overrides);
  ASSERT_EQ(a.files.size(), b.files.size());
  for (std::size_t x = 0; x < a.files.size(); ++x) {
    EXPECT_EQ(a.files[x].name, b.files[x].name);
    EXPECT_EQ(a.files[x].text, b.files[x].text);
  }
  ASSERT_EQ(a.replacements.size(), b.replacements.size());
  for (std::size_t x = 0; x < a.replacements.size(); ++x) {
    EXPECT_EQ(a.replacements[x].column, b.replacements[x].column);
    EXPECT_EQ(a.replacements[x].rule, b.replacements[x].rule);
    EXPECT_EQ(a.replacements[x].actors, b.replacements[x].actors);
  }
  ASSERT_EQ(a.observed.size(), b.observed.size());
  for (std::size_t x = 0; x < a.observed.size(); ++x) {
    EXPECT_EQ(a.observed[x].actor, b.observed[x].actor);
    EXPECT_EQ(a.observed[x].authority, b.observed[x].authority);
    EXPECT_EQ(a.observed[x].ladder, b.observed[x].ladder);
    EXPECT_EQ(a.observed[x].step, b.observed[x].step);
    EXPECT_EQ(a.observed[x].rung, b.observed[x].rung);
    EXPECT_EQ(a.observed[x].inherited, b.observed[x].inherited);
  }
}

}  // namespace entente::test
