#include "lab/server/sockets.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "entente/core/error.hpp"

namespace entente::lab {
namespace {

[[noreturn]] void fail_listen(std::uint16_t port, int error) {
  if (error == EADDRINUSE) {
    throw FileError(fmt::format(
        "--port: found {}, which another program uses; allowed: another one, or 0 for a free one",
        port));
  }
  throw FileError(fmt::format("127.0.0.1:{}: cannot be listened on: {}", port,
                              std::generic_category().message(error)));
}

void set_on(int socket, int level, int option) {
  const int on = 1;
  ::setsockopt(socket, level, option, &on, sizeof on);
}

Transfer outcome(ssize_t count, std::size_t& moved) {
  if (count > 0) {
    moved = static_cast<std::size_t>(count);
    return Transfer::done;
  }
  moved = 0;
  const bool waits = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
  return waits ? Transfer::again : Transfer::ended;
}

}  // namespace

Listener listen_on_loopback(std::uint16_t port) {
  constexpr int backlog = 128;
  Listener listener{Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
                    port};
  if (!listener.socket.open()) fail_listen(port, errno);
  const int socket = listener.socket.get();
  // A port that was just given back may be had at once. Sharing one (SO_REUSEPORT) is another
  // thing.
  set_on(socket, SOL_SOCKET, SO_REUSEADDR);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  auto* generic = reinterpret_cast<sockaddr*>(&address);  // NOLINT: the interface of sockets
  socklen_t size = sizeof address;
  if (::bind(socket, generic, size) != 0 || ::listen(socket, backlog) != 0 ||
      ::getsockname(socket, generic, &size) != 0) {
    fail_listen(port, errno);
  }
  listener.port = ntohs(address.sin_port);
  return listener;
}

Descriptor accept_next(const Listener& listener) {
  Descriptor guest(
      ::accept4(listener.socket.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (guest.open()) set_on(guest.get(), IPPROTO_TCP, TCP_NODELAY);
  return guest;
}

Transfer receive_some(int socket, char* to, std::size_t size, std::size_t& received) {
  return outcome(::recv(socket, to, size, 0), received);
}

Transfer send_some(int socket, std::string_view bytes, std::size_t& sent) {
  return outcome(::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL), sent);
}

bool wait_for(int socket, short events, Clock::time_point until) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd waiting{socket, events, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::clamp<long>(left, 0, 1'000'000)));
    if (ready > 0) return true;
    if (left <= 0 || (ready < 0 && errno != EINTR)) return false;
  }
}

}  // namespace entente::lab
