// What is wrong with a scenario: everything counts, a thousand are kept.
#include "io/scenario/problems.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "entente/core/error.hpp"
#include "io/scenario/csv.hpp"
#include "variant_folder.hpp"

namespace entente {
namespace {

using detail::Problems;
using detail::Sources;
using testing::HasSubstr;
using testing::SizeIs;

class ProblemsTest : public testing::Test {
 protected:
  /// Reports problems at as many lines.
  void report(std::size_t count) {
    for (std::uint32_t line = 1; line <= count; ++line) problems_.add({file_, line, 1}, "", "bad");
  }

  [[nodiscard]] std::vector<Problem> thrown() const {
    try {
      problems_.throw_if_any();
    } catch (const InputError& error) {
      return error.problems();
    }
    return {};
  }

  Sources sources_;
  std::uint32_t file_ = sources_.add("a.yaml", "", "");
  Problems problems_{sources_};
};

TEST_F(ProblemsTest, EveryReportCountsAlsoWhereNoMoreAreKept) {
  report(1000);
  ASSERT_EQ(problems_.size(), 1000U);
  problems_.add({file_, 5000, 1}, "", "bad");
  EXPECT_EQ(problems_.size(), 1001U);
  EXPECT_THAT(thrown(), SizeIs(1001));
  EXPECT_EQ(thrown().back().message, "found 1 more problems");
}

TEST_F(ProblemsTest, AnEqualReportCountsAndIsToldOnce) {
  report(1);
  report(1);
  EXPECT_EQ(problems_.size(), 2U);
  EXPECT_THAT(thrown(), SizeIs(1));
}

TEST_F(ProblemsTest, ATableBehindAThousandProblemsIsNotTakenForAGoodOne) {
  report(1000);
  const auto uneven = sources_.add("a.csv", "", "iso3,need\nAAA,1\nBBB\nCCC,1\n");
  EXPECT_FALSE(detail::parse_csv(sources_, uneven, problems_).has_value());
  const auto twice = sources_.add("b.csv", "", "iso3,iso3\nAAA,1\n");
  EXPECT_FALSE(detail::parse_csv(sources_, twice, problems_).has_value());
}

// Events of which each lacks a key, or names one that is none: what is read of them then would
// lead nowhere.
TEST_F(ProblemsTest, ChangesBehindAThousandProblemsAreNotRead) {
  std::string repeated;
  for (int k = 0; k < 1100; ++k) repeated += ", *e";
  for (const std::string change : {"{add: salience, group: ttp, by: 0.001}", "{add: need, by: 0}",
                                   "{set: rung, actors: all}", "{hold: rights, to: ajar}"}) {
    const test::VariantFolder world("events: {add: [&e {date: 2021-02, change: " + change + "}" +
                                    repeated + "]}\n");
    try {
      (void)world.load();
      ADD_FAILURE() << change;
    } catch (const InputError& error) {
      EXPECT_THAT(error.problems(), SizeIs(1001)) << change;
      EXPECT_THAT(error.problems().back().message, HasSubstr("more problems"));
    }
  }
}

}  // namespace
}  // namespace entente
