#include "table.hpp"

#include <gtest/gtest.h>

namespace entente::cli {
namespace {

TEST(Table, AlignsColumnsByCharacters) {
  Table table({{"name"}, {"share", Align::right}, {"note"}});
  table.add({"Türkiye", "9 %"});
  table.add({"Chad", "10 %", "x"});
  EXPECT_EQ(table.text(2),
            "  name     share  note\n"
            "  Türkiye    9 %\n"
            "  Chad      10 %  x\n");
}

TEST(Table, RulesStandUnderNumbers) {
  Table table({{"term"}, {"above", Align::right}});
  table.add({"a", "1"});
  table.add_rule();
  table.add({"sum", "1"});
  EXPECT_EQ(table.text(),
            "term  above\n"
            "a         1\n"
            "      -----\n"
            "sum       1\n");
}

TEST(Shortened, CutsBetweenCharacters) {
  EXPECT_EQ(shortened("Türkiye", 7), "Türkiye");
  EXPECT_EQ(shortened("Türkiye", 3), "Tü…");
  EXPECT_EQ(width(shortened("Türkiye", 3)), 3U);
}

TEST(Wrapped, LeavesPercentSignsWithTheirNumbers) {
  EXPECT_EQ(wrapped("of them 12 %, or 3 %", 0, 10), "of them\n12 %, or\n3 %\n");
}

TEST(Wrapped, BreaksAtWords) {
  EXPECT_EQ(wrapped("one two three", 2, 9), "  one two\n  three\n");
  EXPECT_EQ(wrapped("immeasurable", 1, 5), " immeasurable\n");
  EXPECT_EQ(wrapped("", 2), "  \n");
}

}  // namespace
}  // namespace entente::cli
