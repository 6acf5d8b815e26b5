#include "entente/core/calendar.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace entente {
namespace {

Date day(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) throw std::invalid_argument(std::string(text));
  return *date;
}

Calendar calendar(std::string_view start, std::string_view end, StepUnit unit) {
  return {day(start), day(end), unit};
}

TEST(Calendar, HasOneStepWhenItEndsWhereItStarts) {
  for (const auto unit :
       {StepUnit::day, StepUnit::week, StepUnit::month, StepUnit::quarter, StepUnit::year}) {
    EXPECT_EQ(calendar("2021-08-15", "2021-08-15", unit).steps(), 1U) << to_string(unit);
  }
}

TEST(Calendar, ContainsItsEndInTheLastStep) {
  EXPECT_EQ(calendar("2021-08", "2025-12", StepUnit::month).steps(), 53U);
  EXPECT_EQ(calendar("2021-08-15", "2021-09-14", StepUnit::month).steps(), 1U);
  EXPECT_EQ(calendar("2021-08-15", "2021-09-15", StepUnit::month).steps(), 2U);
  EXPECT_EQ(calendar("2021-01", "2021-12", StepUnit::quarter).steps(), 4U);
  EXPECT_EQ(calendar("2021", "2025", StepUnit::year).steps(), 5U);
  EXPECT_EQ(calendar("2021-01-01", "2021-01-07", StepUnit::week).steps(), 1U);
  EXPECT_EQ(calendar("2021-01-01", "2021-01-08", StepUnit::week).steps(), 2U);
}

TEST(Calendar, CountsLeapDays) {
  EXPECT_EQ(calendar("2023-01-01", "2023-12-31", StepUnit::day).steps(), 365U);
  EXPECT_EQ(calendar("2024-01-01", "2024-12-31", StepUnit::day).steps(), 366U);
  EXPECT_EQ(calendar("1900-01-01", "1900-12-31", StepUnit::day).steps(), 365U);
  EXPECT_EQ(calendar("2000-01-01", "2000-12-31", StepUnit::day).steps(), 366U);
  EXPECT_EQ(calendar("2024-02-28", "2024-03-31", StepUnit::day).date(1), day("2024-02-29"));
  EXPECT_EQ(calendar("2023-02-28", "2023-03-31", StepUnit::day).date(1), day("2023-03-01"));
}

TEST(Calendar, StepsMonthByMonthAcrossYears) {
  const auto c = calendar("2021-11-15", "2022-03-31", StepUnit::month);
  EXPECT_EQ(c.date(0), day("2021-11-15"));
  EXPECT_EQ(c.date(2), day("2022-01-15"));
  EXPECT_EQ(c.date(c.steps()), day("2022-04-15"));
}

TEST(Calendar, FallsBackToTheLastDayOfAShorterMonth) {
  const auto months = calendar("2023-12-31", "2024-12-31", StepUnit::month);
  EXPECT_EQ(months.date(2), day("2024-02-29"));
  EXPECT_EQ(months.date(3), day("2024-03-31"));
  EXPECT_EQ(months.date(4), day("2024-04-30"));
  EXPECT_EQ(months.step_of(day("2024-02-28")), 1);
  EXPECT_EQ(months.step_of(day("2024-02-29")), 2);
  const auto years = calendar("2024-02-29", "2028-02-29", StepUnit::year);
  EXPECT_EQ(years.date(1), day("2025-02-28"));
  EXPECT_EQ(years.date(4), day("2028-02-29"));
}

TEST(Calendar, StepsByQuartersYearsAndWeeks) {
  EXPECT_EQ(calendar("2021-02", "2022-02", StepUnit::quarter).date(3), day("2021-11-01"));
  EXPECT_EQ(calendar("1999-02", "2022-02", StepUnit::year).date(20), day("2019-02-01"));
  EXPECT_EQ(calendar("2024-02-26", "2024-12-31", StepUnit::week).date(1), day("2024-03-04"));
}

TEST(Calendar, FindsTheStepOfADate) {
  const auto c = calendar("2021-08-15", "2022-08-15", StepUnit::month);
  EXPECT_EQ(c.step_of(day("2021-08-15")), 0);
  EXPECT_EQ(c.step_of(day("2021-09-14")), 0);
  EXPECT_EQ(c.step_of(day("2021-09-15")), 1);
  EXPECT_EQ(c.step_of(day("2022-08-15")), 12);
}

TEST(Calendar, GivesNegativeStepsBeforeTheStart) {
  const auto months = calendar("2021-08-15", "2022-08-15", StepUnit::month);
  EXPECT_EQ(months.step_of(day("2021-08-14")), -1);
  EXPECT_EQ(months.step_of(day("2021-07-15")), -1);
  EXPECT_EQ(months.step_of(day("2021-07-14")), -2);
  EXPECT_EQ(months.step_of(day("2019-08-15")), -24);
  const auto weeks = calendar("2021-08-15", "2022-08-15", StepUnit::week);
  EXPECT_EQ(weeks.step_of(day("2021-08-14")), -1);
  EXPECT_EQ(weeks.step_of(day("2021-08-08")), -1);
  EXPECT_EQ(weeks.step_of(day("2021-08-07")), -2);
}

TEST(Calendar, GivesStepsBeyondTheLastAfterTheEnd) {
  const auto c = calendar("2021-08", "2021-12", StepUnit::month);
  EXPECT_EQ(c.steps(), 5U);
  EXPECT_EQ(c.step_of(day("2021-12-31")), 4);
  EXPECT_EQ(c.step_of(day("2022-01-01")), 5);
}

TEST(Calendar, FindsEveryFirstDayInItsOwnStepAndTheDayBeforeInTheOneBefore) {
  for (const auto unit :
       {StepUnit::day, StepUnit::week, StepUnit::month, StepUnit::quarter, StepUnit::year}) {
    for (const auto* start : {"1999-12-31", "2020-02-29", "2021-08-15", "2023-01-01"}) {
      const auto c = calendar(start, "2044-06-30", unit);
      for (std::uint32_t t = 0; t < c.steps(); ++t) {
        const std::chrono::sys_days first{c.date(t)};
        ASSERT_EQ(c.step_of(Date{first}), t) << c.label(t);
        ASSERT_EQ(c.step_of(Date{first - std::chrono::days{1}}), std::int64_t{t} - 1);
      }
    }
  }
}

TEST(Calendar, KnowsTheLengthOfAStepInYears) {
  const auto dt = [](StepUnit unit) { return calendar("2021", "2022", unit).dt(); };
  EXPECT_EQ(dt(StepUnit::day), 1.0 / 365.25);
  EXPECT_EQ(dt(StepUnit::week), 7.0 / 365.25);
  EXPECT_EQ(dt(StepUnit::month), 1.0 / 12.0);
  EXPECT_EQ(dt(StepUnit::quarter), 0.25);
  EXPECT_EQ(dt(StepUnit::year), 1.0);
}

TEST(Calendar, LabelsLongStepsByMonthAndShortOnesByDay) {
  EXPECT_EQ(calendar("2021-08", "2022", StepUnit::month).label(5), "2022-01");
  EXPECT_EQ(calendar("2021-08", "2022", StepUnit::quarter).label(1), "2021-11");
  EXPECT_EQ(calendar("2021-08", "2022", StepUnit::year).label(0), "2021-08");
  EXPECT_EQ(calendar("2021-08-15", "2022", StepUnit::week).label(1), "2021-08-22");
  EXPECT_EQ(calendar("2021-08-15", "2022", StepUnit::day).label(0), "2021-08-15");
}

TEST(Calendar, RefusesAnEndBeforeTheStart) {
  try {
    (void)calendar("2021-08-15", "2021-08-14", StepUnit::month);
    FAIL() << "the end may not lie before the start";
  } catch (const std::invalid_argument& e) {
    EXPECT_STREQ(e.what(), "calendar: the end 2021-08-14 lies before the start 2021-08-15");
  }
}

TEST(Calendar, RefusesDatesThatDoNotExist) {
  const Date thirtieth{std::chrono::year{2021}, std::chrono::February, std::chrono::day{30}};
  EXPECT_THROW(Calendar(thirtieth, day("2022"), StepUnit::day), std::invalid_argument);
  EXPECT_THROW(Calendar(day("2020"), thirtieth, StepUnit::day), std::invalid_argument);
}

TEST(ParseDate, FillsInTheFirstMonthAndDay) {
  EXPECT_EQ(to_string(day("2021")), "2021-01-01");
  EXPECT_EQ(to_string(day("2021-08")), "2021-08-01");
  EXPECT_EQ(to_string(day("2021-08-15")), "2021-08-15");
  EXPECT_EQ(to_string(day("0033-04-03")), "0033-04-03");
}

TEST(ParseDate, RefusesEverythingElse) {
  for (const auto* text :
       {"", "21", "2021-", "2021-8", "2021-13", "2021-00", "2021-02-29", "2021-08-32", "2021/08/15",
        "2021-08-15 ", " 2021", "20x1", "2021-08-", "-021", "2021-08-1x", "20210815"}) {
    EXPECT_FALSE(parse_date(text).has_value()) << text;
  }
  EXPECT_TRUE(parse_date("2024-02-29").has_value());
}

TEST(StepUnit, IsSpelledAsInScenarios) {
  for (const auto* name : {"day", "week", "month", "quarter", "year"}) {
    const auto unit = parse_step_unit(name);
    ASSERT_TRUE(unit.has_value()) << name;
    EXPECT_EQ(to_string(*unit), name);
  }
  EXPECT_FALSE(parse_step_unit("months").has_value());
  EXPECT_FALSE(parse_step_unit("").has_value());
}

}  // namespace
}  // namespace entente
