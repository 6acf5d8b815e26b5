#include "lab/server/live_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <utility>

namespace entente::lab {
namespace {

constexpr std::size_t most_queued = 256;
constexpr std::chrono::seconds heartbeat{1};
constexpr std::chrono::milliseconds glance{200};
constexpr const char* progress = "progress";

}  // namespace

std::string stream_text(const Event& event) {
  // Compact JSON has no line breaks, which would end the event.
  return fmt::format("event: {}\ndata: {}\n\n", event.kind, compact(event.data));
}

std::shared_ptr<LiveEvents::Listener> LiveEvents::listen(std::vector<Event> first) {
  auto listener = std::make_shared<Listener>();
  for (const auto& event : first) listener->add(event);
  const std::lock_guard guard(mutex_);
  if (closed_) listener->close();
  std::erase_if(listeners_, [](const auto& known) { return known.expired(); });
  listeners_.push_back(listener);
  return listener;
}

void LiveEvents::publish(const Event& event) noexcept {
  const std::lock_guard guard(mutex_);
  for (const auto& known : listeners_) {
    const auto listener = known.lock();
    if (!listener) continue;
    try {
      listener->add(event);
    } catch (const std::bad_alloc&) {
      listener->close();
    }
  }
}

void LiveEvents::close() {
  const std::lock_guard guard(mutex_);
  closed_ = true;
  for (const auto& known : listeners_)
    if (const auto listener = known.lock()) listener->close();
}

void LiveEvents::Listener::add(const Event& event) {
  {
    const std::lock_guard guard(mutex_);
    if (event.kind == progress) {
      std::erase_if(queue_, [&](const Event& before) {
        return before.kind == progress && before.run == event.run;
      });
    }
    queue_.push_back(event);
    if (queue_.size() > most_queued) closed_ = true;
  }
  more_.notify_one();
}

void LiveEvents::Listener::close() {
  {
    const std::lock_guard guard(mutex_);
    closed_ = true;
  }
  more_.notify_one();
}

std::optional<std::string> LiveEvents::Listener::next() {
  std::unique_lock lock(mutex_);
  more_.wait_for(lock, glance, [&] { return closed_ || !queue_.empty(); });
  if (closed_) return std::nullopt;
  std::string text;
  for (const auto& event : queue_) text += stream_text(event);
  queue_.clear();
  const auto now = std::chrono::steady_clock::now();
  if (text.empty() && now - spoken_ >= heartbeat) text = ": still here\n\n";
  if (!text.empty()) spoken_ = now;
  return text;
}

}  // namespace entente::lab
