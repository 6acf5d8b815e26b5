#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "lab/server/kept.hpp"
#include "lab/server/live_events.hpp"
#include "lab/server/run.hpp"

namespace entente::lab {

/// Simulates what pages ask for, one run at a time, and keeps what the last few gave. Safe from
/// several threads.
class Runs {
 public:
  /// @param events   are told of every run
  /// @param threads  of a simulation; 0: all
  Runs(LiveEvents& events, std::size_t threads);
  Runs(const Runs&) = delete;
  Runs& operator=(const Runs&) = delete;
  ~Runs();

  /// Stops what goes on, now and later.
  void close();

  /// Begins a run as soon as there is time for it.
  ///
  /// @return  its name
  /// @throws Refused  429 too many are waiting
  std::string start(Run run);

  /// Keeps what a file holds under a new name, which `fill` gets.
  std::string keep(const std::function<Kept(const std::string& id)>& fill);

  /// What a run gave.
  ///
  /// @throws Refused  404 no such run, or it is not done
  [[nodiscard]] std::shared_ptr<const Kept> find(const std::string& id);

  /// Ends a run if it goes on, and forgets it.
  ///
  /// @throws Refused  404 no such run
  void remove(const std::string& id);

  /// Does something long while no run computes, which it may have to wait for. Both end when the
  /// program does, or when their time is over: `control.stop` tells.
  ///
  /// @throws Refused  429 another one is waiting
  void exclusively(const std::function<void(const RunControl& control)>& work);

  /// How every run stands that is known, for a page that begins to listen.
  [[nodiscard]] std::vector<Event> standings();

 private:
  struct Job {
    std::string id;
    std::shared_ptr<const Run> run;
    std::atomic<bool> stop{false};
    bool removed = false;
    std::size_t done = 0, total = 0;
  };
  /// A run that has ended.
  struct Ended {
    Event event;
    std::shared_ptr<const Kept> kept;  ///< of one that is done
  };

  void work();
  void compute(Job& job);
  void finish(Job& job, Event event, std::shared_ptr<const Kept> kept);
  void remember(Ended ended);
  [[nodiscard]] std::string next_id();

  LiveEvents& events_;
  std::size_t threads_;
  std::mutex mutex_;  ///< of all that follows
  std::condition_variable changed_;
  std::uint64_t next_ = 1;
  std::deque<std::shared_ptr<Job>> waiting_;
  std::shared_ptr<Job> current_;
  std::list<Ended> ended_;  ///< the last one asked for first
  bool busy_ = false;       ///< somebody computes
  bool queued_ = false;     ///< somebody waits in `exclusively`
  std::atomic<bool> closing_{false};
  std::thread worker_;
};

}  // namespace entente::lab
