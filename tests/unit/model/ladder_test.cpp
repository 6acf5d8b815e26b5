#include "entente/model/ladder.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/tiny_world.hpp"

namespace entente {
namespace {

TEST(Ladder, GivesTheValueOfEachProfile) {
  const Model model = test::tiny_world();
  const Ladder& ladder = model.ladders[index_of(LadderRole::engagement)];
  EXPECT_EQ(ladder.value(Profile::baseline, 1), 0.2F);
  EXPECT_EQ(ladder.value(Profile::security, 2), 0.65F);
  EXPECT_EQ(ladder.value(Profile::economic, 3), 0.7F);
  EXPECT_EQ(ladder.value(Profile::exposure, 4), 0.65F);
  EXPECT_EQ(ladder.value(Profile::signal, 2), 0.1F);
}

TEST(Ladder, TakesHeightsInUnitsOfOneIn240) {
  Ladder ladder;
  ladder.rungs = {"low", "middle", "high"};
  ladder.height = {0, 60, 240};
  EXPECT_EQ(ladder.value(Profile::height, 0), 0.0F);
  EXPECT_EQ(ladder.value(Profile::height, 1), 0.25F);
  EXPECT_EQ(ladder.value(Profile::height, 2), 1.0F);
  EXPECT_EQ(ladder.value(Profile::height_squared, 1), 0.0625F);
}

TEST(Ladder, RecognisesFromTheFirstRecognisingRungOn) {
  Ladder ladder;
  ladder.rungs = {"withheld", "de facto", "de jure"};
  ladder.height = {0, 120, 240};
  EXPECT_EQ(ladder.value(Profile::recognises, 2), 0.0F) << "no rung recognises by default";
  ladder.recognises_from = 1;
  EXPECT_EQ(ladder.value(Profile::recognises, 0), 0.0F);
  EXPECT_EQ(ladder.value(Profile::recognises, 1), 1.0F);
  EXPECT_EQ(ladder.value(Profile::recognises, 2), 1.0F);
}

TEST(Ladder, LeavesTheDirectionProfilesToTheEngine) {
  const Model model = test::tiny_world();
  EXPECT_EQ(model.ladders[0].value(Profile::moving_up, 1), 0.0F);
  EXPECT_EQ(model.ladders[0].value(Profile::moving_down, 1), 0.0F);
}

TEST(Profile, HasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (std::size_t p = 0; p < profile_count; ++p) names.insert(to_string(static_cast<Profile>(p)));
  EXPECT_EQ(names.size(), profile_count);
  EXPECT_EQ(to_string(Profile::height_squared), "height_squared");
  EXPECT_EQ(to_string(Profile::moving_down), "moving_down");
}

TEST(LadderRole, IsNamedAsInYaml) {
  EXPECT_EQ(to_string(LadderRole::engagement), "engagement");
  EXPECT_EQ(to_string(LadderRole::recognition), "recognition");
  EXPECT_EQ(to_string(LadderRole::coercion), "coercion");
}

}  // namespace
}  // namespace entente
