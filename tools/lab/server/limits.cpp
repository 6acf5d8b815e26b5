#include "lab/server/limits.hpp"

#include <algorithm>

namespace entente::lab {

using Clock = std::chrono::steady_clock;

Limits::Limits() : watcher_([this] { watch(); }) {}

Limits::~Limits() {
  {
    const std::lock_guard guard(mutex_);
    ended_ = true;
  }
  changed_.notify_one();
  watcher_.join();
}

void Limits::close() {
  const std::lock_guard guard(mutex_);
  closed_ = true;
  for (auto* task : tasks_) task->stop_ = true;
}

void Limits::watch() {
  std::unique_lock lock(mutex_);
  while (!ended_) {
    const auto now = Clock::now();
    auto next = Clock::time_point::max();
    for (auto* task : tasks_) {
      if (task->stop_) continue;
      if (task->end_ > now) {
        next = std::min(next, task->end_);
      } else {
        task->over_ = true;  // first, so that who sees the flag knows why
        task->stop_ = true;
      }
    }
    if (next == Clock::time_point::max())
      changed_.wait(lock);
    else
      changed_.wait_for(lock, next - now);
  }
}

Limits::Task::Task(Limits& limits, std::atomic<bool>& stop, std::chrono::milliseconds time)
    : limits_(limits), stop_(stop), end_(Clock::now() + time) {
  {
    const std::lock_guard guard(limits_.mutex_);
    limits_.tasks_.push_back(this);
    if (limits_.closed_) stop_ = true;
  }
  limits_.changed_.notify_one();
}

Limits::Task::~Task() {
  const std::lock_guard guard(limits_.mutex_);
  limits_.tasks_.remove(this);
}

}  // namespace entente::lab
