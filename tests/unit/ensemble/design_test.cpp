#include "entente/ensemble/design.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace entente {
namespace {

using ::testing::ElementsAre;

std::vector<DesignKind> all_kinds() {
  return {GridDesign{{3}, GridDesign::Placement::middles},
          ListDesign{{0.1, 0.2, 0.3, 0.4}},
          RandomDesign{5, 1},
          LatinDesign{5, LatinDesign::Criterion::plain, 0, false, 1},
          SobolDesign{8, Scramble::owen, 0, 1},
          SaltelliDesign{4, false, Scramble::owen, 0, 1},
          MorrisDesign{3, 4, 0, 1},
          OneAtATimeDesign{{0.5}, {0.1}, {0.9}, 2, Coordinates::cube}};
}

TEST(StudyDesign, KindsHaveNamesAndStateTheirOrder) {
  std::vector<std::string_view> names;
  for (const auto& kind : all_kinds()) {
    names.push_back(name_of(kind));
    EXPECT_FALSE(row_order(kind).empty());
  }
  EXPECT_THAT(names, ElementsAre("grid", "list", "random", "latin_hypercube", "sobol", "saltelli",
                                 "morris", "one_at_a_time"));
}

TEST(StudyDesign, EveryKindRefusesARowThatItDoesNotHave) {
  for (const auto& kind : all_kinds()) {
    const StudyDesign design(kind, 2);
    EXPECT_NO_THROW((void)design.point(design.rows() - 1));
    EXPECT_THROW((void)design.point(design.rows()), std::out_of_range) << name_of(kind);
    EXPECT_THROW((void)design.place(design.rows()), std::out_of_range) << name_of(kind);
  }
}

TEST(StudyDesign, ACopyIsTheSameDesign) {
  for (const auto& kind : all_kinds()) {
    const StudyDesign design(kind, 2);
    const StudyDesign copy = design;
    EXPECT_EQ(copy.kind(), design.kind());
    EXPECT_EQ(copy.point(1), design.point(1));
    EXPECT_EQ(StudyDesign(copy.kind(), 2).point(1), design.point(1));
  }
}

TEST(StudyDesign, SaysWhetherPointsMayLieAtTheEnds) {
  for (const auto& kind : all_kinds()) {
    const StudyDesign design(kind, 2);
    EXPECT_EQ(design.touches_ends(), std::holds_alternative<MorrisDesign>(kind)) << name_of(kind);
  }
  EXPECT_TRUE(StudyDesign(SobolDesign{8, Scramble::none, 0, 1}, 2).touches_ends());
  EXPECT_FALSE(StudyDesign(SobolDesign{8, Scramble::none, 8, 1}, 2).touches_ends());
  EXPECT_TRUE(StudyDesign(GridDesign{{1, 2}, GridDesign::Placement::ends}, 2).touches_ends());
}

TEST(StudyDesign, ValuesAreThoseOfTheFactors) {
  const FactorSpace space({{"a", Uniform{0.0, 10.0}}, {"b", Integers{1, 3}}});
  const StudyDesign grid(GridDesign{{2, 3}, GridDesign::Placement::middles}, 2);
  EXPECT_THAT(values_at(grid, space, 5), ElementsAre(7.5, 3.0));
  EXPECT_THROW((void)values_at(StudyDesign(RandomDesign{2, 1}, 3), space, 0),
               std::invalid_argument);
}

}  // namespace
}  // namespace entente
