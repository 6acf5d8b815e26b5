#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "lab/server/sockets.hpp"

namespace entente::lab {

/// One request and its answer on a socket that does not block: reads no further than the request
/// goes, and waits for a slow other side only so long.
class Connection {
 public:
  struct Times {
    std::chrono::milliseconds body;   ///< for all of the body
    std::chrono::milliseconds write;  ///< without any progress
    std::chrono::milliseconds whole;  ///< for all of the answer, from its first byte on
  };

  /// @param text    the head, and what of the body came with it
  /// @param length  of head and body together
  Connection(int socket, std::string text, std::size_t length, const Times& times,
             const std::atomic<bool>& stop);

  /// @return  bytes read; 0: the request ends here; -1: it broke off or came too slowly
  std::ptrdiff_t read(char* to, std::size_t size);
  /// @return  bytes written; -1: the other side is gone or too slow, or the program ends
  std::ptrdiff_t write(std::string_view bytes);
  /// Whether the other side may still send, as browsers may for as long as they listen.
  [[nodiscard]] bool is_open() const;
  /// Whether the connection broke off.
  [[nodiscard]] bool is_broken() const;
  [[nodiscard]] int socket() const noexcept { return socket_; }

 private:
  int socket_;
  std::string text_;
  std::size_t at_ = 0;
  std::size_t left_;
  Times times_;
  Clock::time_point body_end_;
  Clock::time_point answer_end_ = Clock::time_point::max();
  const std::atomic<bool>& stop_;
};

}  // namespace entente::lab
