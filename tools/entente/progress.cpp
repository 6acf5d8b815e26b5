#include "progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace entente::cli {
namespace {

constexpr const char* wipe = "\r\x1b[K";

}  // namespace

std::string duration_text(double seconds) {
  const auto whole = std::llround(std::ceil(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  return fmt::format("{}:{:02} h", whole / 3600, whole % 3600 / 60);
}

Progress::Progress(std::string_view what, std::size_t total, bool wanted)
    : what_(what), total_(total), visible_(wanted && ::isatty(STDERR_FILENO) != 0) {
  if (visible_) fmt::print(stderr, "0 of {} {}", total_, what_);
}

Progress::~Progress() {
  if (visible_) fmt::print(stderr, wipe);
}

void Progress::update(std::size_t done, std::size_t failed) {
  const auto now = Clock::now();
  if (!visible_ || now - shown_ < std::chrono::milliseconds(100) || done == 0) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done) / seconds;
  const double left = static_cast<double>(total_ - done) / rate;
  fmt::print(stderr, "{}{} of {} {}{}, {:.0f}/s, {} left", wipe, done, total_, what_,
             failed == 0 ? "" : fmt::format(" ({} failed)", failed), rate, duration_text(left));
}

}  // namespace entente::cli
