#include "entente/estimate/goodness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>

#include "core/random.hpp"
#include "support/bare_world.hpp"

namespace entente::test {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::SizeIs;

using Values = std::vector<double>;
using Mask = std::vector<std::uint8_t>;
/// rung(replicate, t, i) at the end of step t.
using RungOf = std::function<Rung(std::size_t, std::size_t, std::size_t)>;

constexpr auto engagement = LadderRole::engagement;
constexpr auto coercion = LadderRole::coercion;

/// A tile with the given rungs on one ladder towards the last authority and 0 elsewhere.
TileResult tile_of(const Model& model, std::size_t first, std::size_t replicates,
                   const RungOf& rung, LadderRole ladder = engagement) {
  const std::size_t steps = model.calendar.steps();
  const std::size_t actors = model.actors.size();
  const std::size_t authorities = model.authorities.size();
  TileResult tile;
  tile.first_replicate = first;
  tile.replicates = replicates;
  tile.rungs.resize(authorities * ladder_count * replicates * steps * actors);
  const std::size_t row = (authorities - 1) * ladder_count + index_of(ladder);
  for (std::size_t r = 0; r < replicates; ++r) {
    for (std::size_t t = 0; t < steps; ++t) {
      for (std::size_t i = 0; i < actors; ++i) {
        tile.rungs[((row * replicates + r) * steps + t) * actors + i] = rung(first + r, t, i);
      }
    }
  }
  return tile;
}

/// The path of the same rungs, observed throughout.
Path path_of(const Model& model, const RungOf& rung, LadderRole ladder = engagement) {
  Path path;
  path.authorities = model.authorities.size();
  path.steps = model.calendar.steps();
  path.actors = model.actors.size();
  const std::size_t pairs = path.authorities * ladder_count * path.actors;
  path.walked.resize(pairs * (path.steps + 1));
  path.observed.resize(pairs * path.steps);
  const std::size_t k = path.authorities - 1;
  for (std::size_t i = 0; i < path.actors; ++i) {
    path.walked[path.at(k, ladder, 0, i)] = model.initial_rungs[model.rung_index(k, ladder, i)];
    for (std::size_t t = 0; t < path.steps; ++t) {
      path.walked[path.at(k, ladder, t + 1, i)] = rung(0, t, i);
      path.observed[path.decision(k, ladder, t, i)] = 1;
    }
  }
  path.standing = path.walked;
  return path;
}

GoodnessScope scope_of(const Model& model, std::uint32_t every = 12,
                       LadderRole ladder = engagement) {
  return {model.authorities.size() - 1, ladder, Mask(model.actors.size(), 1), every};
}

const GoodnessOfFit& fit_named(const std::vector<GoodnessOfFit>& fits, const std::string& name) {
  const auto found = std::find_if(fits.begin(), fits.end(),
                                  [&](const GoodnessOfFit& fit) { return fit.name == name; });
  if (found == fits.end()) throw std::out_of_range(name);
  return *found;
}

const GoodnessComponent& component(const std::vector<GoodnessOfFit>& fits, const std::string& fit,
                                   const std::string& name) {
  for (const auto& one : fit_named(fits, fit).components) {
    if (one.name == name) return one;
  }
  throw std::out_of_range(name);
}

Values observed_of(const GoodnessOfFit& fit) {
  Values values;
  for (const auto& one : fit.components) values.push_back(one.observed);
  return values;
}

std::vector<std::string> names_of(const GoodnessOfFit& fit) {
  std::vector<std::string> names;
  for (const auto& one : fit.components) names.push_back(one.name);
  return names;
}

// ---- the distance

TEST(GoodnessOfFit, DistanceOfUncorrelatedComponents) {
  // Variances 2/3 and 8/3, so each replicate lies at sqrt(3/2).
  const Values cloud{1, 0, -1, 0, 0, 2, 0, -2};
  const auto near = goodness_of_fit("pair", {"a", "b"}, cloud, {1, 0});
  EXPECT_NEAR(near.distance, std::sqrt(1.5), 1e-12);
  EXPECT_EQ(near.p, 1.0);
  EXPECT_EQ(near.rank, 2U);
  EXPECT_EQ(near.unseen, 0.0);
  const auto far = goodness_of_fit("pair", {"a", "b"}, cloud, {1, 2});
  EXPECT_NEAR(far.distance, std::sqrt(3.0), 1e-12);
  EXPECT_EQ(far.p, 0.0);
}

TEST(GoodnessOfFit, DistanceOfCorrelatedComponents) {
  // Covariance [10, 8; 8, 10] / 3, inverse [10, -8; -8, 10] / 12.
  const Values cloud{2, 1, -2, -1, 1, 2, -1, -2};
  EXPECT_NEAR(goodness_of_fit("pair", {"a", "b"}, cloud, {1, 1}).distance, std::sqrt(4.0 / 12),
              1e-12);
  EXPECT_NEAR(goodness_of_fit("pair", {"a", "b"}, cloud, {1, -1}).distance, std::sqrt(36.0 / 12),
              1e-12);
}

TEST(GoodnessOfFit, DoesNotDependOnUnits) {
  const Values cloud{2, 1, -2, -1, 1, 2, -1, -2};
  Values other = cloud;
  for (std::size_t x = 0; x < other.size(); x += 2) other[x] = 1e6 * other[x] + 7;
  EXPECT_NEAR(goodness_of_fit("pair", {"a", "b"}, other, {1e6 + 7, -1}).distance, std::sqrt(3.0),
              1e-9);
}

TEST(GoodnessOfFit, PIsTheShareOfReplicatesAsFar) {
  const Values cloud{-2, -1, 0, 1, 2};
  EXPECT_EQ(goodness_of_fit("one", {"a"}, cloud, {0}).p, 1.0);
  EXPECT_EQ(goodness_of_fit("one", {"a"}, cloud, {1}).p, 0.8);
  EXPECT_EQ(goodness_of_fit("one", {"a"}, cloud, {-2}).p, 0.4);
  EXPECT_EQ(goodness_of_fit("one", {"a"}, cloud, {2.5}).p, 0.0);
}

TEST(GoodnessOfFit, SaysHowEachComponentIsDistributed) {
  Values cloud;
  for (int x = 20; x >= 0; --x) cloud.push_back(x);
  const auto fit = goodness_of_fit("one", {"a"}, cloud, {3});
  const auto& one = fit.components.at(0);
  EXPECT_EQ(one.name, "a");
  EXPECT_EQ(one.observed, 3.0);
  EXPECT_EQ(one.mean, 10.0);
  EXPECT_NEAR(one.sd, std::sqrt(770.0 / 20), 1e-12);
  EXPECT_EQ(one.low, 1.0);
  EXPECT_EQ(one.median, 10.0);
  EXPECT_EQ(one.high, 19.0);
}

TEST(GoodnessOfFit, IgnoresConstantsThatWereObserved) {
  const Values cloud{-2, 5, -1, 5, 0, 5, 1, 5, 2, 5};
  const auto fit = goodness_of_fit("pair", {"a", "b"}, cloud, {1, 5});
  EXPECT_EQ(fit.p, 0.8);
  EXPECT_EQ(fit.rank, 1U);
  EXPECT_FALSE(fit.components.at(1).impossible);
  const auto still = goodness_of_fit("one", {"a"}, {5, 5, 5}, {5});
  EXPECT_EQ(still.p, 1.0);
  EXPECT_EQ(still.rank, 0U);
  EXPECT_EQ(still.distance, 0.0);
}

TEST(GoodnessOfFit, NamesWhatNoReplicateDoes) {
  const Values cloud{-2, 5, -1, 5, 0, 5, 1, 5, 2, 5};
  const auto fit = goodness_of_fit("pair", {"a", "b"}, cloud, {0, 6});
  EXPECT_EQ(fit.p, 0.0);
  EXPECT_EQ(fit.distance, 0.0);  // of what varies
  EXPECT_FALSE(fit.components.at(0).impossible);
  EXPECT_TRUE(fit.components.at(1).impossible);
}

TEST(GoodnessOfFit, TellsOfBrokenRules) {
  // Both components are equal in every replicate.
  const Values cloud{-2, -2, -1, -1, 0, 0, 1, 1, 2, 2};
  const auto kept = goodness_of_fit("pair", {"a", "b"}, cloud, {1, 1});
  EXPECT_EQ(kept.rank, 1U);
  EXPECT_NEAR(kept.distance, 1.0 / std::sqrt(2.5), 1e-12);
  EXPECT_EQ(kept.p, 0.8);
  EXPECT_EQ(kept.unseen, 0.0);
  const auto broken = goodness_of_fit("pair", {"a", "b"}, cloud, {1, -1});
  EXPECT_EQ(broken.p, 1.0);
  EXPECT_NEAR(broken.unseen, std::sqrt(2.0 / 2.5), 1e-12);
}

TEST(GoodnessOfFit, RefusesWhatDoesNotFit) {
  EXPECT_THROW((void)goodness_of_fit("x", {}, {}, {}), std::invalid_argument);
  EXPECT_THROW((void)goodness_of_fit("x", {"a"}, {1}, {1}), std::invalid_argument);
  EXPECT_THROW((void)goodness_of_fit("x", {"a"}, {1, 2}, {1, 2}), std::invalid_argument);
  EXPECT_THROW((void)goodness_of_fit("x", {"a", "b"}, {1, 2, 3}, {1, 2}), std::invalid_argument);
  EXPECT_THROW((void)goodness_of_fit("x", {"a"}, {1, std::nan("")}, {1}), std::invalid_argument);
}

// ---- the statistics

/// Three actors, four months, the third actor a rung up from the start. Replicates differ in the
/// first actor, who climbs from step `replicate` on and falls back at the end.
Model small_world() {
  Model model = bare_world(3, 4);
  model.actors[0].region = "West";
  model.actors[1].region = "East";
  model.actors[2].region = "West";
  model.initial_rungs[model.rung_index(0, engagement, 2)] = 1;
  return model;
}
Rung small_rung(std::size_t replicate, std::size_t t, std::size_t i) {
  if (i == 2) return t < 2 ? 1 : 2;
  if (i == 1) return 0;
  if (t == 3) return replicate == 3 ? 0 : 1;
  return t < replicate ? 0 : static_cast<Rung>(std::min<std::size_t>(t - replicate + 1, 2));
}

TEST(GoodnessRecorder, MeasuresWhatWasObserved) {
  const Model model = small_world();
  const auto path = path_of(model, small_rung);  // 1 2 2 1; 0 0 0 0; 1 1 2 2
  GoodnessRecorder recorder(model, path, scope_of(model, 2));
  recorder.record(tile_of(model, 0, 4, small_rung));
  const auto fits = recorder.fits();
  ASSERT_THAT(fits, SizeIs(4));

  // Rungs 1 to 4 at the ends of steps 1 and 3.
  EXPECT_THAT(observed_of(fit_named(fits, "counts")), ElementsAre(2, 1, 0, 0, 2, 1, 0, 0));
  // Two places, since there are three actors; the third did not have to reach rung 1.
  EXPECT_THAT(observed_of(fit_named(fits, "first_movers")), ElementsAre(0, 4, 1, 2, 4, 4, 4, 4));
  EXPECT_THAT(observed_of(fit_named(fits, "regions")), ElementsAre(0, 0, 0, 0, 2, 1, 0, 0));
  EXPECT_THAT(observed_of(fit_named(fits, "moves")), ElementsAre(3, 1, 1, 1, 0, 1));
}

TEST(GoodnessRecorder, NamesWhatItMeasures) {
  const Model model = small_world();
  GoodnessRecorder recorder(model, path_of(model, small_rung), scope_of(model, 2));
  recorder.record(tile_of(model, 0, 4, small_rung));
  const auto fits = recorder.fits();
  const std::string rung = model.ladders[0].rungs[1] + " or higher";
  EXPECT_EQ(names_of(fit_named(fits, "counts"))[0], rung + ", 2021-09");
  EXPECT_EQ(names_of(fit_named(fits, "counts"))[4], rung + ", 2021-11");
  EXPECT_EQ(names_of(fit_named(fits, "first_movers"))[0], "1st to " + rung);
  EXPECT_EQ(names_of(fit_named(fits, "first_movers"))[1], "2nd to " + rung);
  EXPECT_EQ(names_of(fit_named(fits, "regions"))[0], "East: " + rung);
  EXPECT_EQ(names_of(fit_named(fits, "regions"))[4], "West: " + rung);
  EXPECT_THAT(names_of(fit_named(fits, "moves")),
              ElementsAre("moves up", "moves down", "actors with no move", "actors with 1 move",
                          "actors with 2 moves", "actors with 3 or more moves"));
}

TEST(GoodnessRecorder, MeasuresReplicates) {
  const Model model = small_world();
  GoodnessRecorder recorder(model, path_of(model, small_rung), scope_of(model, 2));
  recorder.record(tile_of(model, 0, 4, small_rung));
  // The first actor by replicate: 1221, 0121, 0011, 0000.
  const auto fits = recorder.fits();
  const auto& rungs = model.ladders[0].rungs;
  const auto& count = component(fits, "counts", rungs[1] + " or higher, 2021-09");
  EXPECT_EQ(count.mean, 1.5);
  EXPECT_EQ(count.observed, 2.0);
  EXPECT_EQ(component(fits, "counts", rungs[1] + " or higher, 2021-11").mean, 1.75);
  const auto& first = component(fits, "first_movers", "1st to " + rungs[1] + " or higher");
  EXPECT_EQ(first.mean, (0 + 1 + 2 + 4) / 4.0);
  EXPECT_EQ(first.median, 1.5);
  EXPECT_EQ(component(fits, "first_movers", "1st to " + rungs[2] + " or higher").mean, 1.75);
  EXPECT_EQ(component(fits, "first_movers", "2nd to " + rungs[2] + " or higher").mean, 3.0);
  EXPECT_EQ(component(fits, "regions", "West: " + rungs[1] + " or higher").mean, 1.75);
  EXPECT_EQ(component(fits, "moves", "moves up").mean, (3 + 3 + 2 + 1) / 4.0);
  EXPECT_EQ(component(fits, "moves", "moves down").mean, 0.5);
  EXPECT_EQ(component(fits, "moves", "actors with no move").mean, (1 + 1 + 1 + 2) / 4.0);
  EXPECT_EQ(component(fits, "moves", "actors with 3 or more moves").mean, 0.5);
  for (const auto& fit : fits) EXPECT_GE(fit.p, 0.25) << fit.name;  // it is one of them
}

TEST(GoodnessRecorder, CountsAtTheEndOnceWhereItIsADate) {
  const Model model = small_world();
  const auto dates = [&](std::uint32_t every) {
    GoodnessRecorder recorder(model, path_of(model, small_rung), scope_of(model, every));
    recorder.record(tile_of(model, 0, 2, small_rung));
    return fit_named(recorder.fits(), "counts").components.size() / 4;
  };
  EXPECT_EQ(dates(1), 4U);
  EXPECT_EQ(dates(2), 2U);
  EXPECT_EQ(dates(3), 2U);
  EXPECT_EQ(dates(4), 1U);
  EXPECT_EQ(dates(12), 1U);
}

TEST(GoodnessRecorder, LeavesOutActorsThatDoNotCount) {
  const Model model = small_world();
  auto scope = scope_of(model, 2);
  scope.actors = {0, 1, 1};
  GoodnessRecorder recorder(model, path_of(model, small_rung), scope);
  recorder.record(tile_of(model, 0, 4, small_rung));
  const auto fits = recorder.fits();
  EXPECT_THAT(observed_of(fit_named(fits, "counts")), ElementsAre(1, 0, 0, 0, 1, 1, 0, 0));
  EXPECT_THAT(observed_of(fit_named(fits, "moves")), ElementsAre(1, 0, 1, 1, 0, 0));
  for (const auto& fit : fits) {
    EXPECT_EQ(fit.rank, 0U) << fit.name;  // only the first actor differs
    EXPECT_EQ(fit.p, 1.0) << fit.name;
  }
  EXPECT_THAT(recorder.placements(), SizeIs(2));
}

TEST(GoodnessRecorder, HasNoRegionsWhereThereAreNone) {
  Model model = small_world();
  for (auto& actor : model.actors) actor.region.clear();
  GoodnessRecorder recorder(model, path_of(model, small_rung), scope_of(model));
  recorder.record(tile_of(model, 0, 2, small_rung));
  EXPECT_THAT(recorder.fits(), SizeIs(3));
  model.actors[2].region = "West";
  GoodnessRecorder other(model, path_of(model, small_rung), scope_of(model));
  other.record(tile_of(model, 0, 2, small_rung));
  EXPECT_THAT(names_of(fit_named(other.fits(), "regions"))[0], ::testing::StartsWith("no region:"));
}

TEST(GoodnessRecorder, TakesTheLadderAndAuthorityAskedFor) {
  Model model = small_world();
  model.authorities.push_back(model.authorities[0]);
  model.initial_rungs.resize(2 * model.initial_rungs.size());  // all at the bottom
  const auto rung = [](std::size_t, std::size_t t, std::size_t i) {
    return static_cast<Rung>(t >= i ? 1 : 0);
  };
  GoodnessRecorder recorder(model, path_of(model, rung, coercion), scope_of(model, 4, coercion));
  recorder.record(tile_of(model, 0, 3, rung, coercion));
  EXPECT_THAT(observed_of(fit_named(recorder.fits(), "counts")), ElementsAre(3, 0));
  EXPECT_EQ(component(recorder.fits(), "moves", "moves up").mean, 3.0);
}

TEST(GoodnessRecorder, HasMovesAloneOnALadderOfOneRung) {
  Model model = small_world();
  model.ladders[2].rungs.resize(1);
  const auto rung = [](std::size_t, std::size_t, std::size_t) { return Rung{0}; };
  GoodnessRecorder recorder(model, path_of(model, rung, coercion), scope_of(model, 4, coercion));
  recorder.record(tile_of(model, 0, 3, rung, coercion));
  ASSERT_THAT(recorder.fits(), SizeIs(1));
  EXPECT_EQ(recorder.fits()[0].p, 1.0);
}

TEST(GoodnessRecorder, TilesMayBeOfAnySize) {
  const Model model = small_world();
  GoodnessRecorder whole(model, path_of(model, small_rung), scope_of(model, 2));
  whole.record(tile_of(model, 0, 4, small_rung));
  GoodnessRecorder parts(model, path_of(model, small_rung), scope_of(model, 2));
  parts.record(tile_of(model, 0, 1, small_rung));
  parts.record(tile_of(model, 1, 3, small_rung));
  EXPECT_EQ(parts.replicates(), 4U);
  const auto a = whole.fits();
  const auto b = parts.fits();
  for (std::size_t x = 0; x < a.size(); ++x) {
    EXPECT_EQ(a[x].distance, b[x].distance);
    EXPECT_EQ(a[x].p, b[x].p);
  }
}

TEST(GoodnessRecorder, PutsTheMostMisplacedFirst) {
  const Model model = small_world();
  const auto path = path_of(model, [](std::size_t, std::size_t t, std::size_t i) {
    return i == 1 && t == 3 ? Rung{1} : small_rung(0, t, i);  // no replicate moves the second
  });
  GoodnessRecorder recorder(model, path, scope_of(model));
  recorder.record(tile_of(model, 0, 4, small_rung));
  const auto placements = recorder.placements();
  ASSERT_THAT(placements, SizeIs(3));
  EXPECT_EQ(placements[0].actor, 1U);
  EXPECT_EQ(placements[0].observed, 1);
  EXPECT_EQ(placements[0].log_probability, -std::numeric_limits<double>::infinity());
  EXPECT_THAT(placements[0].probability, ElementsAre(1, 0, 0, 0, 0));
  EXPECT_EQ(placements[1].actor, 0U);
  EXPECT_NEAR(placements[1].log_probability, std::log(0.75), 1e-15);
  EXPECT_THAT(placements[1].probability, ElementsAre(0.25, 0.75, 0, 0, 0));
  EXPECT_EQ(placements[2].actor, 2U);
  EXPECT_EQ(placements[2].log_probability, 0.0);
}

TEST(GoodnessRecorder, RefusesWhatDoesNotFit) {
  const Model model = small_world();
  const auto path = path_of(model, small_rung);
  const auto make = [&](const Model& other, const GoodnessScope& scope) {
    const GoodnessRecorder recorder(other, path, scope);
  };
  EXPECT_NO_THROW(make(model, scope_of(model)));
  EXPECT_THROW(make(bare_world(3, 5), scope_of(model)), std::invalid_argument);
  EXPECT_THROW(make(bare_world(3, 4), scope_of(model)), std::invalid_argument);  // other starts
  EXPECT_THROW(make(model, {0, engagement, Mask(2, 1), 12}), std::invalid_argument);
  EXPECT_THROW(make(model, {0, engagement, Mask(3, 0), 12}), std::invalid_argument);
  EXPECT_THROW(make(model, {1, engagement, Mask(3, 1), 12}), std::invalid_argument);
  EXPECT_THROW(make(model, {0, engagement, Mask(3, 1), 0}), std::invalid_argument);

  GoodnessRecorder recorder(model, path, scope_of(model));
  EXPECT_THROW((void)recorder.placements(), std::invalid_argument);
  auto tile = tile_of(model, 0, 1, small_rung);
  recorder.record(tile);
  EXPECT_THROW((void)recorder.fits(), std::invalid_argument);
  tile.rungs.pop_back();
  EXPECT_THROW(recorder.record(tile), std::invalid_argument);
  tile.rungs.clear();
  EXPECT_THROW(recorder.record(tile), std::invalid_argument);
}

TEST(ObservedActors, AreThoseWithAnyDecisionOnRecord) {
  const Model model = small_world();
  auto path = path_of(model, small_rung);
  std::fill(path.observed.begin(), path.observed.end(), std::uint8_t{0});
  path.observed[path.decision(0, engagement, 3, 1)] = 1;
  path.observed[path.decision(0, coercion, 0, 2)] = 1;
  EXPECT_THAT(observed_actors(path, 0, engagement), ElementsAre(0, 1, 0));
  EXPECT_THAT(observed_actors(path, 0, coercion), ElementsAre(0, 0, 1));
  EXPECT_THROW((void)observed_actors(path, 1, coercion), std::invalid_argument);
}

// ---- the engine

/// Forty actors over three years who climb and fall by chance, some regions apart.
Model lively_world(float rate) {
  Model model = bare_world(40, 36);
  for (std::size_t i = 0; i < 40; ++i) model.actors[i].region = i % 3 == 0 ? "North" : "South";
  model.ladders[0].rate = rate;
  return model;
}

/// A path of what replicate `replicate` of a run did.
Path path_of_replicate(const Model& model, const Memory& memory, std::size_t replicate) {
  return path_of(model, [&](std::size_t, std::size_t t, std::size_t i) {
    return memory.rung(model, engagement, replicate, static_cast<std::uint32_t>(t), i);
  });
}

std::vector<GoodnessOfFit> fits_of(const Model& model, const Memory& memory, const Path& path) {
  GoodnessRecorder recorder(model, path, scope_of(model));
  for (const auto& tile : memory.tiles) recorder.record(tile);
  return recorder.fits();
}

TEST(GoodnessRecorder, IsContentWithHistoriesOfTheModelItself) {
  const Model model = lively_world(0.4F);
  const Memory memory = simulate(model, 600);
  RunOptions options;
  options.first_replicate = 1000;
  options.replicates = 30;
  const Memory fresh = simulate(model, options);
  for (const std::string name : {"counts", "first_movers", "regions", "moves"}) {
    double sum = 0;
    int small = 0;
    for (std::size_t r = 0; r < 30; ++r) {
      const double p =
          fit_named(fits_of(model, memory, path_of_replicate(model, fresh, r)), name).p;
      sum += p / 30;
      small += p < 0.01 ? 1 : 0;
    }
    EXPECT_THAT(sum, DoubleNear(0.5, 0.2)) << name;  // uniform: 0.05 is a standard error
    EXPECT_LE(small, 3) << name;
  }
}

TEST(GoodnessRecorder, FindsAPlantedShift) {
  const Model model = lively_world(0.4F);
  const Memory memory = simulate(model, 600);
  const Model hasty = lively_world(1.2F);
  const auto fits = fits_of(model, memory, path_of_replicate(hasty, simulate(hasty, 1), 0));
  EXPECT_LT(fit_named(fits, "counts").p, 0.01);
  EXPECT_LT(fit_named(fits, "moves").p, 0.01);
  const auto& ups = component(fits, "moves", "moves up");
  EXPECT_GT(ups.observed, ups.high);
}

}  // namespace
}  // namespace entente::test
