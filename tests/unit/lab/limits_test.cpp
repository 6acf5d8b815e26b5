#include "lab/server/limits.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace entente::lab {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// Comes back only when the flag is raised.
void await(const std::atomic<bool>& stop) {
  while (!stop) std::this_thread::sleep_for(milliseconds(1));
}

TEST(Limits, EndATaskThatNeverLooksAtTheTime) {
  Limits limits;
  std::atomic<bool> late{false};
  const Limits::Task other(limits, late, hours(1));
  std::atomic<bool> stop{false};
  const Limits::Task task(limits, stop, milliseconds(1));
  await(stop);
  EXPECT_TRUE(task.over());
  EXPECT_FALSE(late);
  EXPECT_FALSE(other.over());
}

TEST(Limits, EndAllTasksNowAndLaterWhenTheyAreClosed) {
  Limits limits;
  std::atomic<bool> before{false};
  const Limits::Task task(limits, before, hours(1));
  limits.close();
  EXPECT_TRUE(before);
  EXPECT_FALSE(task.over());
  std::atomic<bool> after{false};
  const Limits::Task next(limits, after, hours(1));
  EXPECT_TRUE(after);
}

TEST(Limits, LeaveTasksAloneThatAreOver) {
  Limits limits;
  std::atomic<bool> stop{false};
  { const Limits::Task task(limits, stop, hours(1)); }
  limits.close();
  EXPECT_FALSE(stop);
}

}  // namespace
}  // namespace entente::lab
