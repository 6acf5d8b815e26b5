#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include "lab/server/lobby.hpp"

namespace entente::lab {

/// The threads that answer. A few share what has an answer soon; each stream of events has one to
/// itself, so that however many pages listen, requests are answered. Both are bounded: for more
/// there is no room.
class Crew {
 public:
  using Answering = std::function<void(Visitor&&)>;

  /// @param answer  answers one visitor; throws nothing
  /// @throws std::system_error  there are no threads
  explicit Crew(Answering answer);
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  /// Waits for all; who waits in `answer` has to be woken before.
  ~Crew();

  /// @return  false where there is no room, or no thread; the visitor is then left as it was
  bool take(Visitor&& visitor);

 private:
  struct Stream {
    Visitor visitor;
    std::thread thread;
    std::atomic<bool> ended{false};
  };

  void end();
  void work();
  /// The first in the queue who may be answered now; under the mutex.
  [[nodiscard]] std::deque<Visitor>::iterator next();
  bool line_up(Visitor&& visitor);
  bool take_stream(Visitor&& visitor);

  Answering answer_;
  std::mutex mutex_;
  std::condition_variable more_;
  std::deque<Visitor> queue_;
  std::size_t uploads_ = 0;  ///< being answered
  bool closing_ = false;
  std::list<Stream> streams_;  ///< touched by the thread that calls `take` only
  std::vector<std::thread> threads_;
};

}  // namespace entente::lab
