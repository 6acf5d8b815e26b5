#include "entente/ensemble/state_summary.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

namespace entente {
namespace {

/// One authority, one group, one body, two months; two rungs of rights, three of posture.
Model small_model() {
  using namespace std::chrono;
  Model model;
  model.calendar = Calendar(year{2021} / August / 1, year{2021} / September / 1, StepUnit::month);
  model.authorities.resize(1);
  model.groups.resize(1);
  model.bodies.resize(1);
  model.rights.rungs = {"closed", "open"};
  model.posture.rungs = {"shelters", "tolerates", "fights"};
  return model;
}

/// Two replicates. Rights open in the second month of replicate 1; posture is the replicate's
/// number plus the month's; hardliners 0.25 and 0.75, activity 1 and 3; the body says yes at last.
TileResult two_replicates() {
  TileResult tile;
  tile.replicates = 2;
  tile.authority_rungs = {0, 0, 0, 1, 0, 1, 1, 2};  // (1 + G, R, T)
  tile.authority_states.assign(authority_state_count * 4, 0.0F);
  tile.authority_states[0] = tile.authority_states[1] = 0.25F;
  tile.authority_states[2] = tile.authority_states[3] = 0.75F;
  tile.activity = {1.0F, 1.0F, 3.0F, 3.0F};
  tile.bodies = {0, 1, 0, 1};
  return tile;
}

TEST(StateSummary, CountsRungsAndDecisions) {
  StateSummary summary(small_model());
  summary.record(two_replicates());
  EXPECT_EQ(summary.replicates(), 2U);
  EXPECT_EQ(summary.rung_count(0, 0, 0, 0), 2U);
  EXPECT_EQ(summary.rung_count(0, 0, 1, 0), 1U);
  EXPECT_EQ(summary.rung_count(0, 0, 1, 1), 1U);
  EXPECT_EQ(summary.rung_count(0, 1, 0, 0), 1U);
  EXPECT_EQ(summary.rung_count(0, 1, 1, 2), 1U);
  EXPECT_EQ(summary.yes_count(0, 0), 0U);
  EXPECT_EQ(summary.yes_count(0, 1), 2U);
  EXPECT_EQ(summary.share(1), 0.5);
}

TEST(StateSummary, MeansAndDeviationsAreThoseOfTheReplicates) {
  StateSummary summary(small_model());
  summary.record(two_replicates());
  EXPECT_EQ(summary.state(0, AuthorityState::hardliner, 1).mean, 0.5);
  EXPECT_EQ(summary.state(0, AuthorityState::hardliner, 1).deviation, 0.25);
  EXPECT_EQ(summary.state(0, AuthorityState::control, 0).deviation, 0.0);
  EXPECT_EQ(summary.activity(0, 0).mean, 2.0);
  EXPECT_EQ(summary.activity(0, 0).deviation, 1.0);
}

TEST(StateSummary, IsNoNumberWithoutReplicates) {
  const StateSummary summary(small_model());
  EXPECT_TRUE(std::isnan(summary.share(0)));
  EXPECT_TRUE(std::isnan(summary.activity(0, 0).mean));
}

}  // namespace
}  // namespace entente
