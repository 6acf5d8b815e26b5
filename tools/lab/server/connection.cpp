#include "lab/server/connection.hpp"

#include <poll.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace entente::lab {
namespace {

// Between two looks at whether the program ends.
constexpr std::chrono::milliseconds glance{100};

// Until the socket is ready; false when the time is over or the program ends.
bool await(int socket, short events, Clock::time_point until, const std::atomic<bool>& stop) {
  while (!stop) {
    if (wait_for(socket, events, std::min(until, Clock::now() + glance))) return true;
    if (Clock::now() >= until) return false;
  }
  return false;
}

}  // namespace

Connection::Connection(int socket, std::string text, std::size_t length, const Times& times,
                       const std::atomic<bool>& stop)
    : socket_(socket),
      text_(std::move(text)),
      left_(length),
      times_(times),
      body_end_(Clock::now() + times.body),
      stop_(stop) {}

std::ptrdiff_t Connection::read(char* to, std::size_t size) {
  size = std::min(size, left_);
  if (size == 0) return 0;
  if (at_ < text_.size()) {
    size = std::min(size, text_.size() - at_);
    std::memcpy(to, text_.data() + at_, size);
    at_ += size;
    left_ -= size;
    return static_cast<std::ptrdiff_t>(size);
  }
  for (;;) {
    std::size_t received = 0;
    switch (receive_some(socket_, to, size, received)) {
      case Transfer::done:
        left_ -= received;
        return static_cast<std::ptrdiff_t>(received);
      case Transfer::ended:
        return -1;
      case Transfer::again:
        if (!await(socket_, POLLIN, body_end_, stop_)) return -1;
    }
    if (Clock::now() >= body_end_) return -1;  // it trickles
  }
}

std::ptrdiff_t Connection::write(std::string_view bytes) {
  const auto now = Clock::now();
  if (answer_end_ == Clock::time_point::max()) answer_end_ = now + times_.whole;
  const auto until = std::min(answer_end_, now + times_.write);
  for (;;) {
    std::size_t sent = 0;
    switch (send_some(socket_, bytes, sent)) {
      case Transfer::done:
        return static_cast<std::ptrdiff_t>(sent);
      case Transfer::ended:
        return -1;
      case Transfer::again:
        if (!await(socket_, POLLOUT, until, stop_)) return -1;
    }
  }
}

bool Connection::is_broken() const {
  return wait_for(socket_, 0, Clock::now());  // nothing is waited for but errors
}

bool Connection::is_open() const { return !stop_ && !wait_for(socket_, POLLRDHUP, Clock::now()); }

}  // namespace entente::lab
