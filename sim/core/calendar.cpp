#include "entente/core/calendar.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>

namespace entente {
namespace {

using std::chrono::sys_days;

constexpr std::array<std::string_view, 5> unit_names{"day", "week", "month", "quarter", "year"};

// Days of a step, or 0 where a step is a number of months.
std::int64_t days_per_step(StepUnit unit) {
  if (unit == StepUnit::day) return 1;
  return unit == StepUnit::week ? 7 : 0;
}

std::int64_t months_per_step(StepUnit unit) {
  if (unit == StepUnit::year) return 12;
  return unit == StepUnit::quarter ? 3 : 1;
}

std::int64_t day_number(Date d) { return sys_days{d}.time_since_epoch().count(); }

// Months since the year 0.
std::int64_t month_number(Date d) {
  return std::int64_t{static_cast<int>(d.year())} * 12 +
         static_cast<std::int64_t>(static_cast<unsigned>(d.month())) - 1;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// A day that the month lacks becomes its last day, so that a year from 29 February, or monthly
// steps from the 31st, keep one step per month.
Date plus_months(Date d, std::int64_t months) {
  const std::int64_t number = month_number(d) + months;
  const std::int64_t year = floor_div(number, 12);
  const std::chrono::year_month month{
      std::chrono::year{static_cast<int>(year)},
      std::chrono::month{static_cast<unsigned>(number - year * 12 + 1)}};
  const Date last{month / std::chrono::last};
  return d.day() > last.day() ? last : Date{month / d.day()};
}

Date first_day(Date start, StepUnit unit, std::int64_t t) {
  if (const auto days = days_per_step(unit); days > 0) {
    return Date{sys_days{start} + std::chrono::days{static_cast<int>(t * days)}};
  }
  return plus_months(start, t * months_per_step(unit));
}

std::string padded(unsigned value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return digits.size() >= width ? digits : std::string(width - digits.size(), '0') + digits;
}

std::string year_text(Date d) {
  const int year = static_cast<int>(d.year());
  return (year < 0 ? "-" : "") + padded(static_cast<unsigned>(year < 0 ? -year : year), 4);
}

std::string month_text(Date d) {
  return year_text(d) + '-' + padded(static_cast<unsigned>(d.month()), 2);
}

// The number written in exactly text.size() digits.
std::optional<unsigned> parse_digits(std::string_view text) {
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

}  // namespace

Calendar::Calendar(Date start, Date end, StepUnit unit) : start_(start), end_(end), unit_(unit) {
  if (!start.ok()) throw std::invalid_argument("calendar: the start is not a date");
  if (!end.ok()) throw std::invalid_argument("calendar: the end is not a date");
  if (end < start) {
    throw std::invalid_argument("calendar: the end " + to_string(end) + " lies before the start " +
                                to_string(start));
  }
  steps_ = static_cast<std::uint32_t>(step_of(end) + 1);
}

double Calendar::dt() const noexcept {
  if (const auto days = days_per_step(unit_); days > 0) return static_cast<double>(days) / 365.25;
  return static_cast<double>(months_per_step(unit_)) / 12.0;
}

Date Calendar::date(std::uint32_t t) const { return first_day(start_, unit_, t); }

std::int64_t Calendar::step_of(Date d) const {
  if (const auto days = days_per_step(unit_); days > 0) {
    return floor_div(day_number(d) - day_number(start_), days);
  }
  const std::int64_t t = floor_div(month_number(d) - month_number(start_), months_per_step(unit_));
  // The months agree; the day of the month decides whether the step has begun.
  return day_number(d) < day_number(first_day(start_, unit_, t)) ? t - 1 : t;
}

std::string Calendar::label(std::uint32_t t) const {
  const Date d = date(t);
  return days_per_step(unit_) > 0 ? to_string(d) : month_text(d);
}

std::optional<Date> parse_date(std::string_view text) {
  const bool has_month = text.size() >= 7;
  const bool has_day = text.size() == 10;
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  if ((has_month && text[4] != '-') || (has_day && text[7] != '-')) return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = has_month ? parse_digits(text.substr(5, 2)) : 1U;
  const auto day = has_day ? parse_digits(text.substr(8, 2)) : 1U;
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                  std::chrono::day{*day}};
  return date.ok() ? std::optional<Date>{date} : std::nullopt;
}

std::string to_string(Date d) {
  return month_text(d) + '-' + padded(static_cast<unsigned>(d.day()), 2);
}

std::string_view to_string(StepUnit unit) { return unit_names[static_cast<std::size_t>(unit)]; }

std::optional<StepUnit> parse_step_unit(std::string_view text) {
  for (std::size_t i = 0; i < unit_names.size(); ++i) {
    if (unit_names[i] == text) return static_cast<StepUnit>(i);
  }
  return std::nullopt;
}

}  // namespace entente
