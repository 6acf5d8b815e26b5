#include "lab/server/lobby.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "lab/server/answer.hpp"

namespace entente::lab {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t most_guests = 256;
constexpr milliseconds tick{100};
// Browsers open connections ahead of need; silent ones cost little.
constexpr seconds silence{30};
constexpr seconds head_time{5};
constexpr seconds body_time{10};
constexpr seconds leave_time{2};
constexpr std::size_t most_discarded = std::size_t{64} << 20;

Refusal incomplete_body() {
  return {400, "found a body that is shorter than its Content-Length, or came too slowly"};
}

std::string refusal_text(const Refusal& refusal) {
  const std::string body = error_answer(refusal.status, refusal.message).body;
  std::string text = fmt::format(
      "HTTP/1.1 {} Refused\r\nContent-Type: application/json\r\n"
      "Content-Length: {}\r\nConnection: close\r\n",
      refusal.status, body.size());
  for (const auto& [name, value] : security_headers(std::string(data_policy)))
    text += fmt::format("{}: {}\r\n", name, value);
  return text + "\r\n" + body;
}

}  // namespace

Lobby::Lobby(Listener listener, Doorkeeper keeper, Forward forward)
    : listener_(std::move(listener)),
      keeper_(std::move(keeper)),
      forward_(std::move(forward)),
      bell_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

void Lobby::serve(const std::atomic<bool>& stop) {
  while (!stop) {
    wait();
    for (auto* guest : ready_) listen_to(*guest);
    take_back();
    if (newcomers_) welcome();
    const auto now = Clock::now();
    for (auto& guest : guests_) expire(guest, now);
    guests_.remove_if([](const Guest& guest) { return !guest.socket.open(); });
  }
  guests_.clear();
}

void Lobby::see_off(Descriptor socket) {
  ::shutdown(socket.get(), SHUT_WR);
  {
    const std::lock_guard guard(mutex_);
    returned_.push_back(std::move(socket));
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto rung = ::write(bell_.get(), &one, sizeof one);
}

void Lobby::wait() {
  std::vector<pollfd> sockets{{listener_.socket.get(), POLLIN, 0}, {bell_.get(), POLLIN, 0}};
  std::vector<Guest*> order;
  for (auto& guest : guests_) {
    sockets.push_back({guest.socket.get(), POLLIN, 0});
    order.push_back(&guest);
  }
  ready_.clear();
  newcomers_ = false;
  if (::poll(sockets.data(), sockets.size(), static_cast<int>(tick.count())) <= 0) return;
  newcomers_ = sockets[0].revents != 0;
  for (std::size_t k = 0; k < order.size(); ++k)
    if (sockets[k + 2].revents != 0) ready_.push_back(order[k]);
}

void Lobby::welcome() {
  constexpr int at_once = 64;  // then those who are inside are heard again
  for (int k = 0; k < at_once; ++k) {
    auto socket = accept_next(listener_);
    if (!socket.open()) return;
    if (guests_.size() >= most_guests) guests_.pop_front();
    guests_.push_back({std::move(socket), "", Clock::now() + silence, 0, false, {}});
  }
}

void Lobby::take_back() {
  std::uint64_t ignored = 0;
  [[maybe_unused]] const auto read = ::read(bell_.get(), &ignored, sizeof ignored);
  std::vector<Descriptor> returned;
  {
    const std::lock_guard guard(mutex_);
    returned.swap(returned_);
  }
  for (auto& socket : returned)
    guests_.push_back({std::move(socket), "", Clock::now() + leave_time, 0, true, {}});
}

void Lobby::listen_to(Guest& guest) {
  if (guest.leaving) return discard(guest);
  guest.awaited ? read_body(guest) : read_head(guest);
}

void Lobby::discard(Guest& guest) {
  std::array<char, 65536> bytes{};
  std::size_t count = 0;
  const auto found = receive_some(guest.socket.get(), bytes.data(), bytes.size(), count);
  guest.discarded += count;
  if (found == Transfer::ended || guest.discarded > most_discarded) guest.socket.close();
}

void Lobby::read_head(Guest& guest) {
  std::array<char, 4096> bytes{};
  std::size_t count = 0;
  const auto found = receive_some(guest.socket.get(), bytes.data(), bytes.size(), count);
  if (found == Transfer::ended) guest.socket.close();
  if (found != Transfer::done) return;
  if (guest.received.empty()) guest.until = Clock::now() + head_time;
  guest.received.append(bytes.data(), count);
  if (const auto length = head_length(guest.received)) {
    hear(guest, *length);
  } else if (guest.received.size() > max_head_bytes) {
    refuse(guest, {431, "found too long a head of a request"});
  }
}

void Lobby::hear(Guest& guest, std::size_t length) {
  auto head = length <= max_head_bytes
                  ? parse_head(std::string_view(guest.received).substr(0, length))
                  : std::nullopt;
  if (!head) return refuse(guest, {400, "found no request of HTTP/1.1 as browsers write it"});
  const auto decision = admit(*head, keeper_);
  if (const auto* refusal = std::get_if<Refusal>(&decision)) return refuse(guest, *refusal);
  const auto& admission = std::get<Admission>(decision);
  Visitor visitor{Descriptor(), *std::move(head), admission,
                  guest.received.substr(length, admission.content_length)};
  const bool whole = visitor.body.size() == admission.content_length;
  if (whole || admission.handling == Handling::upload) return pass_on(guest, std::move(visitor));
  await_body(guest, std::move(visitor));
}

void Lobby::await_body(Guest& guest, Visitor visitor) {
  if (expects_continue(visitor.head)) {
    std::size_t sent = 0;  // where it does not fit, the other side goes on by itself after a while
    (void)send_some(guest.socket.get(), "HTTP/1.1 100 Continue\r\n\r\n", sent);
  }
  guest.received = std::move(visitor.body);
  guest.awaited = std::move(visitor);
  guest.until = Clock::now() + body_time;
}

void Lobby::read_body(Guest& guest) {
  std::array<char, 65536> bytes{};
  const std::size_t length = guest.awaited->admission.content_length;
  const std::size_t left = length - guest.received.size();
  std::size_t count = 0;
  const auto found =
      receive_some(guest.socket.get(), bytes.data(), std::min(left, bytes.size()), count);
  if (found == Transfer::ended) return refuse(guest, incomplete_body());
  guest.received.append(bytes.data(), count);
  if (guest.received.size() < length) return;
  Visitor visitor = *std::move(guest.awaited);
  visitor.body = std::move(guest.received);
  pass_on(guest, std::move(visitor));
}

void Lobby::pass_on(Guest& guest, Visitor visitor) {
  visitor.socket = std::move(guest.socket);
  if (forward_(std::move(visitor))) return;
  guest.socket = std::move(visitor.socket);
  refuse(guest, {429, "found too many requests at once; allowed: a few, try again"});
}

void Lobby::refuse(Guest& guest, const Refusal& refusal) {
  // A new connection has room for this much; who made it so that it has not gets less.
  std::size_t sent = 0;
  if (send_some(guest.socket.get(), refusal_text(refusal), sent) == Transfer::ended) {
    return guest.socket.close();
  }
  ::shutdown(guest.socket.get(), SHUT_WR);
  guest.leaving = true;
  guest.received = {};
  guest.awaited.reset();
  guest.until = Clock::now() + leave_time;
}

void Lobby::expire(Guest& guest, Clock::time_point now) {
  if (!guest.socket.open() || now < guest.until) return;
  if (guest.awaited) return refuse(guest, incomplete_body());
  if (guest.leaving || guest.received.empty()) return guest.socket.close();
  refuse(guest, {408, "found a request that does not end; allowed: a few seconds for its head"});
}

}  // namespace entente::lab
