#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "entente/io/scenario.hpp"
#include "io/fields.hpp"

namespace entente::test {

// The parts of a scenario as tuples of their fields, to be compared one by one.

inline auto fields_of(const Change& x) {
  return std::tie(x.op, x.space, x.indices, x.value, x.high);
}
inline auto fields_of(const CountCondition& x) {
  return std::tie(x.authority, x.ladder, x.rung, x.among, x.by_importance, x.at_least, x.at_most);
}
inline auto fields_of(const StateCondition& x) {
  return std::tie(x.authority, x.state, x.at_least, x.at_most);
}
inline auto fields_of(const AuthorityRungCondition& x) {
  return std::tie(x.authority, x.ladder, x.at_least, x.at_most);
}
inline auto fields_of(const Event& x) {
  return std::tie(x.id, x.note, x.first_step, x.last_step, x.duration, x.probability);
}
inline auto fields_of(const Body& x) {
  return std::tie(x.id, x.authority, x.ladder, x.rung, x.members, x.by_importance, x.threshold,
                  x.reverse_below, x.vetoes, x.veto_rung, x.initially);
}
inline auto fields_of(const Ladder& x) {
  return std::tie(x.key, x.rungs, x.height, x.baseline, x.security, x.economic, x.exposure,
                  x.signal, x.recognises_from, x.rate, x.up, x.down);
}
inline auto fields_of(const AuthorityLadder& x) {
  return std::tie(x.key, x.rungs, x.value, x.rate, x.up, x.down);
}
inline auto fields_of(const Actor& x) {
  return std::tie(x.id, x.name, x.region, x.entity, x.importance);
}
inline auto fields_of(const Authority& x) {
  return std::tie(x.id, x.name, x.initial_rights, x.initial_posture, x.initial_state);
}
inline auto fields_of(const Group& x) { return std::tie(x.id, x.name, x.host); }
inline auto fields_of(const TermChoice& x) { return std::tie(x.key, x.values); }
inline auto fields_of(const CovariateChoice& x) {
  return std::tie(x.key, x.coefficient, x.profile, x.ladders.bits);
}
inline auto fields_of(const Series& x) { return std::tie(x.slots, x.values); }
inline auto fields_of(const SourceFile& x) { return std::tie(x.name, x.text); }
inline auto fields_of(const Replacement& x) { return std::tie(x.column, x.rule, x.actors); }
inline auto fields_of(const Observation& x) {
  return std::tie(x.actor, x.authority, x.ladder, x.step, x.rung, x.inherited);
}
inline auto fields_of(const Censoring& x) {
  return std::tie(x.actor, x.authority, x.ladder, x.step);
}
inline auto fields_of(const Model& x) {
  return std::tie(x.title, x.seed, x.rivalry_presence, x.temperature, x.sectors, x.initial_rungs,
                  x.initial_salience);
}
inline auto fields_of(const Scenario& x) {
  return std::tie(x.question, x.replicates, x.record, x.overrides);
}

/// Compares every element of two lists by `compare(a, b)`.
template <class T, class Compare>
void expect_each(const std::vector<T>& a, const std::vector<T>& b, const Compare& compare) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t x = 0; x < a.size(); ++x) {
    SCOPED_TRACE(x);
    compare(a[x], b[x]);
  }
}

/// By their tuples.
template <class T>
void expect_same_fields(const T& a, const T& b) {
  EXPECT_EQ(fields_of(a), fields_of(b));
}
template <class T>
void expect_same_list(const std::vector<T>& a, const std::vector<T>& b) {
  expect_each(a, b, expect_same_fields<T>);
}

/// By a table of fields.
template <class Struct>
void expect_same_numbers(const Struct& a, const Struct& b, std::span<const Field<Struct>> table) {
  for (const auto& field : table) EXPECT_EQ(a.*field.member, b.*field.member) << field.name;
}

inline void expect_same(const Condition& a, const Condition& b) {
  ASSERT_EQ(a.index(), b.index());
  std::visit([&](const auto& x) { expect_same_fields(x, std::get<std::decay_t<decltype(x)>>(b)); },
             a);
}

inline void expect_same(const Event& a, const Event& b) {
  expect_same_fields(a, b);
  expect_each(a.when, b.when, [](const Condition& x, const Condition& y) { expect_same(x, y); });
  expect_same_list(a.changes, b.changes);
}

inline void expect_same(const Body& a, const Body& b) {
  expect_same_fields(a, b);
  expect_same_list(a.changes, b.changes);
}

inline void expect_same(const Relation& a, const Relation& b) {
  ASSERT_EQ(a.actors(), b.actors());
  for (std::size_t j = 0; j < a.actors(); ++j) {
    EXPECT_TRUE(std::ranges::equal(a.column(j), b.column(j))) << "column " << j;
    EXPECT_EQ(a.row_sum(j), b.row_sum(j));
  }
}

inline void expect_same_entities(const Model& a, const Model& b) {
  expect_same_list(a.actors, b.actors);
  expect_each(a.authorities, b.authorities, [](const Authority& x, const Authority& y) {
    expect_same_fields(x, y);
    expect_same_numbers(x.dynamics, y.dynamics, dynamics_fields());
  });
  expect_each(a.groups, b.groups, [](const Group& x, const Group& y) {
    expect_same_fields(x, y);
    expect_same_numbers(x, y, group_fields());
  });
}

inline void expect_same_mechanisms(const Model& a, const Model& b) {
  for (const auto d : all_ladders) {
    expect_same_fields(a.ladders[index_of(d)], b.ladders[index_of(d)]);
  }
  expect_same_fields(a.rights, b.rights);
  expect_same_fields(a.posture, b.posture);
  expect_same_list(a.terms, b.terms);
  expect_same_list(a.covariates, b.covariates);
  expect_same_list(a.series, b.series);
  expect_each(a.events, b.events, [](const Event& x, const Event& y) { expect_same(x, y); });
  expect_each(a.bodies, b.bodies, [](const Body& x, const Body& y) { expect_same(x, y); });
}

/// Every number of two models, one by one.
inline void expect_same(const Model& a, const Model& b) {
  expect_same_fields(a, b);
  EXPECT_EQ(a.calendar.start(), b.calendar.start());
  EXPECT_EQ(a.calendar.end(), b.calendar.end());
  EXPECT_EQ(a.calendar.unit(), b.calendar.unit());
  expect_same_entities(a, b);
  EXPECT_TRUE(std::ranges::equal(a.parameters.all(), b.parameters.all()));
  expect_same(a.alignment, b.alignment);
  expect_same(a.rivalry, b.rivalry);
  expect_same_mechanisms(a, b);
}

inline void expect_same(const Scenario& a, const Scenario& b) {
  expect_same(a.model, b.model);
  expect_same_fields(a, b);
  expect_same_list(a.files, b.files);
  expect_same_list(a.replacements, b.replacements);
  expect_same_list(a.history.observations, b.history.observations);
  EXPECT_EQ(a.history.others, b.history.others);
  expect_same_list(a.history.censored, b.history.censored);
}

}  // namespace entente::test
