#include "words.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace entente::cli {
namespace {

TEST(ListAnd, JoinsTheLastByAnd) {
  EXPECT_EQ(list_and({}), "");
  EXPECT_EQ(list_and({"KAZ"}), "KAZ");
  EXPECT_EQ(list_and({"KAZ", "BLR"}), "KAZ and BLR");
  EXPECT_EQ(list_and({"KAZ", "BLR", "UZB"}), "KAZ, BLR and UZB");
}

TEST(OddsText, IsWhatOneWouldGive) {
  EXPECT_EQ(odds_text(0.0), "1 to 1");
  EXPECT_EQ(odds_text(std::log(2.5)), "2.5 to 1");
  EXPECT_EQ(odds_text(-std::log(19.0)), "1 to 19");
  EXPECT_EQ(odds_text(-std::log(2e6)), "1 to 2e+06");
}

TEST(Strongest, AreTheThreeOfAKindThatCount) {
  const std::vector<double> terms{-1.0, 0.5, 4.0, 3.0, -6.0, 0.3, 1.0, 0.0};
  using Places = std::vector<std::size_t>;
  EXPECT_EQ(strongest(terms, true), (Places{2, 3, 6}));
  EXPECT_EQ(strongest(terms, false), (Places{4, 0}));
  EXPECT_EQ(strongest(terms, true, 1), (Places{2}));
  EXPECT_EQ(strongest({5.0, 0.4}, true), (Places{0}));  // a tenth of the first at least
  EXPECT_EQ(strongest({-1.0, 0.0}, true), Places{});
}

TEST(TermTitle, ReadsInsideASentence) {
  EXPECT_EQ(term_title("economic"), "economic interest");
  EXPECT_EQ(term_title("religion"), "the covariate");
}

}  // namespace
}  // namespace entente::cli
