#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "io/posix_file.hpp"

namespace entente::lab {

using detail::Descriptor;
using Clock = std::chrono::steady_clock;

/// A socket that listens on the loopback device, never on another.
struct Listener {
  Descriptor socket;
  std::uint16_t port = 0;
};

/// @param port  0: a free one
/// @throws FileError  the port is taken, or may not be used
[[nodiscard]] Listener listen_on_loopback(std::uint16_t port);

/// The next connection that waits; a closed descriptor where there is none.
[[nodiscard]] Descriptor accept_next(const Listener& listener);

/// What came of reading or writing.
enum class Transfer : std::uint8_t { done, again, ended };

/// Reads what is there, without waiting.
///
/// @return  again: nothing yet; ended: the other side closed, or failed
[[nodiscard]] Transfer receive_some(int socket, char* to, std::size_t size, std::size_t& received);

/// Sends what fits, without waiting.
[[nodiscard]] Transfer send_some(int socket, std::string_view bytes, std::size_t& sent);

/// Waits until a socket can be read or written.
///
/// @param events  POLLIN or POLLOUT
/// @return  false: not by then
[[nodiscard]] bool wait_for(int socket, short events, Clock::time_point until);

}  // namespace entente::lab
