#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

using Date = std::chrono::year_month_day;

/// Length of one step of simulated time.
enum class StepUnit : std::uint8_t { day, week, month, quarter, year };

/// Steps of equal length from a first to a last date.
///
/// Step t covers [date(t), date(t + 1)); the last step is the one that contains `end`.
class Calendar {
 public:
  Calendar() = default;

  /// @throws std::invalid_argument  `end` lies before `start`, or a date does not exist
  Calendar(Date start, Date end, StepUnit unit);

  [[nodiscard]] Date start() const noexcept { return start_; }
  [[nodiscard]] Date end() const noexcept { return end_; }
  [[nodiscard]] StepUnit unit() const noexcept { return unit_; }
  /// Number of steps [1].
  [[nodiscard]] std::uint32_t steps() const noexcept { return steps_; }
  /// Length of a step [yr]; months are 1/12, weeks 7/365.25.
  [[nodiscard]] double dt() const noexcept;
  /// First day of step t (t may equal `steps()`: the day after the end).
  [[nodiscard]] Date date(std::uint32_t t) const;
  /// Step that contains `d`; negative before the start, >= steps() after the end.
  [[nodiscard]] std::int64_t step_of(Date d) const;
  /// `2021-08` for months and longer steps, `2021-08-15` for days and weeks.
  [[nodiscard]] std::string label(std::uint32_t t) const;

  friend bool operator==(const Calendar&, const Calendar&) = default;

 private:
  Date start_{std::chrono::year{2000}, std::chrono::January, std::chrono::day{1}};
  Date end_{start_};
  StepUnit unit_ = StepUnit::month;
  std::uint32_t steps_ = 1;
};

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; missing parts are the first month or day.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
/// `YYYY-MM-DD`.
[[nodiscard]] std::string to_string(Date d);
[[nodiscard]] std::string_view to_string(StepUnit unit);
[[nodiscard]] std::optional<StepUnit> parse_step_unit(std::string_view text);

}  // namespace entente
