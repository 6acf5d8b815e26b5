#include "lab/server/crew.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace entente::lab {
namespace {

constexpr std::size_t most_workers = 6;
constexpr std::size_t most_streams = 8;
constexpr std::size_t most_queued = 128;
constexpr std::size_t most_uploads = 2;  // at once; they may come slowly

bool is_upload(const Visitor& visitor) { return visitor.admission.handling == Handling::upload; }

}  // namespace

Crew::Crew(Answering answer) : answer_(std::move(answer)) {
  try {
    for (std::size_t k = 0; k < most_workers; ++k) threads_.emplace_back([this] { work(); });
  } catch (...) {
    end();
    throw;
  }
}

Crew::~Crew() { end(); }

void Crew::end() {
  {
    const std::lock_guard guard(mutex_);
    closing_ = true;
    queue_.clear();
  }
  more_.notify_all();
  for (auto& thread : threads_) thread.join();
  for (auto& stream : streams_) stream.thread.join();
}

bool Crew::take(Visitor&& visitor) {
  try {
    return visitor.admission.handling == Handling::events ? take_stream(std::move(visitor))
                                                          : line_up(std::move(visitor));
  } catch (const std::exception&) {  // there is no memory, or no thread
    return false;
  }
}

bool Crew::line_up(Visitor&& visitor) {
  {
    const std::lock_guard guard(mutex_);
    if (queue_.size() >= most_queued) return false;
    queue_.push_back(std::move(visitor));
  }
  more_.notify_one();
  return true;
}

bool Crew::take_stream(Visitor&& visitor) {
  for (auto stream = streams_.begin(); stream != streams_.end();) {
    if (!stream->ended) {
      ++stream;
      continue;
    }
    stream->thread.join();
    stream = streams_.erase(stream);
  }
  if (streams_.size() >= most_streams) return false;
  auto& stream = streams_.emplace_back();
  stream.visitor = std::move(visitor);
  try {
    stream.thread = std::thread([this, &stream] {
      answer_(std::move(stream.visitor));
      stream.ended = true;
    });
  } catch (...) {
    visitor = std::move(stream.visitor);
    streams_.pop_back();
    throw;
  }
  return true;
}

std::deque<Visitor>::iterator Crew::next() {
  return std::find_if(queue_.begin(), queue_.end(), [&](const Visitor& visitor) {
    return !is_upload(visitor) || uploads_ < most_uploads;
  });
}

void Crew::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    more_.wait(lock, [&] { return closing_ || next() != queue_.end(); });
    if (closing_) return;
    const auto first = next();
    Visitor visitor = std::move(*first);
    queue_.erase(first);
    const bool upload = is_upload(visitor);
    uploads_ += upload ? 1U : 0U;
    lock.unlock();
    answer_(std::move(visitor));
    lock.lock();
    if (!upload) continue;
    --uploads_;
    more_.notify_one();
  }
}

}  // namespace entente::lab
