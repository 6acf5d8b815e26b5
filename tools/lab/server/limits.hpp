#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

namespace entente::lab {

/// Ends what goes on: each task when its time is over, whatever the thread that works on it does
/// meanwhile, and all of them when the program ends. Safe from several threads.
class Limits {
 public:
  class Task;

  Limits();
  Limits(const Limits&) = delete;
  Limits& operator=(const Limits&) = delete;
  /// No task is left then.
  ~Limits();

  /// Ends all tasks, now and later.
  void close();

 private:
  void watch();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Task*> tasks_;
  bool closed_ = false;
  bool ended_ = false;
  std::thread watcher_;
};

/// Something that may take so long, from its construction on.
class Limits::Task {
 public:
  /// @param stop  becomes true when the time is over or the program ends
  Task(Limits& limits, std::atomic<bool>& stop, std::chrono::milliseconds time);
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task();

  /// Whether it was its time that ended it.
  [[nodiscard]] bool over() const noexcept { return over_; }

 private:
  friend class Limits;

  Limits& limits_;
  std::atomic<bool>& stop_;
  std::chrono::steady_clock::time_point end_;
  std::atomic<bool> over_{false};
};

}  // namespace entente::lab
