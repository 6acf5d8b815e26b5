#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "entente/model/model.hpp"
#include "support/tiny_world.hpp"

namespace entente {
namespace {

using test::tiny_world;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Mismatches, LetsEverythingDifferThatIsNoAddressOfADraw) {
  auto variant = tiny_world();
  variant.title = "Other";
  variant.temperature = 2.0F;
  variant.events.clear();
  variant.terms.clear();
  variant.actors[0].importance += 0.1F;
  variant.initial_rungs[0] = 1;
  EXPECT_THAT(mismatches(tiny_world(), variant), IsEmpty());
}

TEST(Mismatches, NamesActorsThatAreGoneAndNew) {
  auto variant = tiny_world();
  variant.actors[1].id = "NEW";
  EXPECT_THAT(mismatches(tiny_world(), variant),
              ElementsAre("actors: found a list without BRA and with NEW; allowed: those of the "
                          "baseline"));
}

TEST(Mismatches, NamesActorsOfAnotherLuck) {
  auto variant = tiny_world();
  variant.actors[1].entity = 7;
  EXPECT_THAT(mismatches(tiny_world(), variant),
              ElementsAre("actors.BRA: found the luck of entity 7; allowed: that of 3, as in the "
                          "baseline"));
}

TEST(Mismatches, NamesAnotherOrder) {
  auto variant = tiny_world();
  std::swap(variant.actors[0], variant.actors[1]);
  EXPECT_THAT(mismatches(tiny_world(), variant),
              ElementsAre("actors: found another order; allowed: those of the baseline"));
}

TEST(Mismatches, NamesWhatElseAddressesDraws) {
  auto variant = tiny_world();
  variant.seed += 1;
  variant.groups.pop_back();
  variant.authorities[0].id = "OTHER";
  variant.ladders[0].rungs.pop_back();
  variant.rights.rungs[0] = "other";
  const auto& time = variant.calendar;
  variant.calendar = Calendar(time.start(), time.end(), StepUnit::quarter);
  std::vector<std::string> paths;
  for (const auto& message : mismatches(tiny_world(), variant))
    paths.push_back(message.substr(0, message.find(':')));
  EXPECT_THAT(paths, ElementsAre("authorities", "groups", "ladders.engagement.rungs",
                                 "ladders.rights.rungs", "time", "seed"));
}

}  // namespace
}  // namespace entente
