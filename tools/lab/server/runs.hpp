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
#include "lab/server/limits.hpp"
#include "lab/server/live_events.hpp"
#include "lab/server/run.hpp"

namespace entente::lab {

/// Simulates what pages ask for, one run at a time, and keeps what the last few gave. Safe from
/// several threads.
class Runs {
 public:
  /// @param events   are told of every run
  /// @param limits   end what takes too long
  /// @param threads  of a simulation; 0: all
  Runs(LiveEvents& events, Limits& limits, std::size_t threads);
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
  /// @throws Refused  429 another one is waiting, or the program ends; 400 its time was over
  void exclusively(const std::function<void(const RunControl& control)>& work);

  /// The events of all runs from now on, and before them how every run stands that is known.
  [[nodiscard]] std::shared_ptr<LiveEvents::Listener> listen();

 private:
  /// A run that has ended.
  struct Ended {
    Event event;
    std::shared_ptr<const Kept> kept;  ///< of one that is done
  };
  struct Job {
    std::string id;
    std::shared_ptr<const Run> run;
    std::atomic<bool> stop{false};
    bool removed = false;
    std::size_t done = 0, total = 0;
    /// One element, made early: a run that fails for want of memory needs none to say so.
    std::list<Ended> ending;
  };

  void work();
  void compute(Job& job);
  /// Of the exception in flight; nothing where memory is out.
  static std::optional<Event> failure_of(const std::string& run) noexcept;
  void finish(Job& job, std::optional<Event> event, std::shared_ptr<const Kept> kept) noexcept;
  /// Takes the one element over, and forgets the oldest runs that are too many; under the mutex.
  void remember(std::list<Ended>& ending) noexcept;
  [[nodiscard]] std::string next_id();

  LiveEvents& events_;
  Limits& limits_;
  std::size_t threads_;
  /// Of all that follows, and held while pages are told, so that what they hear has one order.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_ = 1;
  std::deque<std::shared_ptr<Job>> waiting_;
  std::shared_ptr<Job> current_;
  std::list<Ended> ended_;  ///< the last one asked for first
  bool busy_ = false;       ///< somebody computes
  bool queued_ = false;     ///< somebody waits in `exclusively`
  bool closing_ = false;
  std::thread worker_;
};

}  // namespace entente::lab
