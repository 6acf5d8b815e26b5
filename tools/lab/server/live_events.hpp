#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "lab/server/answer.hpp"

namespace entente::lab {

/// Something that a page is told without asking.
struct Event {
  std::string kind;  ///< `progress`, `done`, `failed` or `cancelled`
  std::string run;
  Json data;
};

/// As `text/event-stream` has it.
[[nodiscard]] std::string stream_text(const Event& event);

/// Hands events to every page that listens. A page that does not read gets no more memory than a
/// bounded queue: progress of a run replaces older progress of it.
class LiveEvents {
 public:
  class Listener;

  /// Events from now on.
  ///
  /// @param first  of what happened before
  [[nodiscard]] std::shared_ptr<Listener> listen(std::vector<Event> first);

  /// A listener for whom there is no memory has its stream ended.
  void publish(const Event& event) noexcept;

  /// Ends all waiting, now and later.
  void close();

 private:
  std::mutex mutex_;
  bool closed_ = false;
  std::vector<std::weak_ptr<Listener>> listeners_;
};

class LiveEvents::Listener {
 public:
  /// Waits for events, but not long, so that the caller can see whether anybody still reads.
  ///
  /// @return  texts of the events that came, joined; a comment where none came for a second;
  ///          nothing when there are no more: the queue ran over, or the program ends
  [[nodiscard]] std::optional<std::string> next();

 private:
  friend class LiveEvents;
  void add(const Event& event);
  void close();

  std::mutex mutex_;
  std::condition_variable more_;
  std::list<Event> queue_;
  std::chrono::steady_clock::time_point spoken_ = std::chrono::steady_clock::now();
  bool closed_ = false;
};

}  // namespace entente::lab
