#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "lab/server/guards.hpp"
#include "lab/server/sockets.hpp"

namespace entente::lab {

/// A connection whose head has arrived and was let in.
struct Visitor {
  Descriptor socket;
  Head head;
  Admission admission;
  std::string body;  ///< all of it; of an upload what came with the head
};

/// Where connections wait until they have said what they want. One thread holds all of them, so
/// that however many are silent or slow, no thread waits for them: a few KiB each, a bounded
/// number, and the one that has waited longest makes room for the next. Guards stand at its door:
/// what they refuse is answered here and never reaches a thread that works. Neither does a request
/// before its body is there, unless it is an upload.
class Lobby {
 public:
  /// Gets those who are let in; false where there is no room for them.
  using Forward = std::function<bool(Visitor&&)>;

  Lobby(Listener listener, Doorkeeper keeper, Forward forward);
  Lobby(const Lobby&) = delete;
  Lobby& operator=(const Lobby&) = delete;
  ~Lobby() = default;

  /// Until `stop` is true.
  void serve(const std::atomic<bool>& stop);

  /// Takes a connection back that was answered: what its other side still sends is read for a
  /// moment and thrown away, since closing before would take the answer from it. Safe from any
  /// thread.
  void see_off(Descriptor socket);

  [[nodiscard]] int port() const noexcept { return listener_.port; }

 private:
  struct Guest {
    Descriptor socket;
    std::string received;
    Clock::time_point until;
    std::size_t discarded = 0;
    bool leaving = false;
    std::optional<Visitor> awaited;  ///< was let in; `received` is of its body, which goes on
  };
  using Guests = std::list<Guest>;

  void wait();
  void welcome();
  void take_back();
  void listen_to(Guest& guest);
  void read_head(Guest& guest);
  void read_body(Guest& guest);
  void discard(Guest& guest);
  void hear(Guest& guest, std::size_t length);
  void await_body(Guest& guest, Visitor visitor);
  void pass_on(Guest& guest, Visitor visitor);
  void refuse(Guest& guest, const Refusal& refusal);
  void expire(Guest& guest, Clock::time_point now);

  Listener listener_;
  Doorkeeper keeper_;
  Forward forward_;
  Guests guests_;  ///< by arrival; one with a closed socket has left
  std::vector<Guest*> ready_;
  bool newcomers_ = false;
  Descriptor bell_;  ///< wakes the thread when somebody is seen off
  std::mutex mutex_;
  std::vector<Descriptor> returned_;
};

}  // namespace entente::lab
