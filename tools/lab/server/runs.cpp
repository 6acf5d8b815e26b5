#include "lab/server/runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "entente/core/error.hpp"
#include "lab/server/cost.hpp"

namespace entente::lab {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t most_kept = 8;
constexpr std::size_t most_kept_bytes = std::size_t{256} << 20;
constexpr std::size_t most_waiting = 3;
constexpr seconds longest_run{120};
constexpr milliseconds between_events{100};

using Clock = std::chrono::steady_clock;

Event event_of(const char* kind, const std::string& run, Json more = Json::object()) {
  Json data{{"run", run}};
  data.update(more);
  return {kind, run, std::move(data)};
}

Event progress_of(const std::string& run, std::size_t done, std::size_t total) {
  return event_of("progress", run, {{"done", done}, {"total", total}});
}

std::string too_long() {
  return fmt::format(
      "found a run of more than {} s; allowed: shorter, so fewer replicates or "
      "variants, or the command line",
      longest_run.count());
}

}  // namespace

Runs::Runs(LiveEvents& events, Limits& limits, std::size_t threads)
    : events_(events), limits_(limits), threads_(threads), worker_([this] { work(); }) {}

Runs::~Runs() {
  close();
  worker_.join();
}

void Runs::close() {
  {
    const std::lock_guard guard(mutex_);
    closing_ = true;
    if (current_) current_->stop = true;
  }
  changed_.notify_all();
}

std::string Runs::next_id() { return std::to_string(next_++); }

std::string Runs::start(Run run) {
  auto job = std::make_shared<Job>();
  job->ending.emplace_back();
  job->total = run.replicates * std::max<std::size_t>(run.variants.size(), 1);
  job->run = std::make_shared<const Run>(std::move(run));
  {
    const std::lock_guard guard(mutex_);
    if (waiting_.size() >= most_waiting) {
      throw Refused(429, "found runs that wait already; allowed: a few, try again");
    }
    job->id = next_id();
    job->ending.front().event = event_of("failed", job->id, {{"error", "out of memory"}});
    waiting_.push_back(job);
  }
  changed_.notify_all();
  return job->id;
}

std::string Runs::keep(const std::function<Kept(const std::string& id)>& fill) {
  std::string id;
  {
    const std::lock_guard guard(mutex_);
    id = next_id();
  }
  std::list<Ended> ending;
  ending.push_back({event_of("done", id), std::make_shared<const Kept>(fill(id))});
  const std::lock_guard guard(mutex_);
  remember(ending);
  return id;
}

void Runs::remember(std::list<Ended>& ending) noexcept {
  ended_.splice(ended_.begin(), ending);
  std::size_t count = 0;
  std::size_t bytes = 0;
  const auto first_forgotten = std::find_if(ended_.begin(), ended_.end(), [&](const Ended& ended) {
    bytes += ended.kept ? ended.kept->bytes : 0;
    return ++count > most_kept || (count > 1 && bytes > most_kept_bytes);
  });
  ended_.erase(first_forgotten, ended_.end());
}

std::shared_ptr<const Kept> Runs::find(const std::string& id) {
  const std::lock_guard guard(mutex_);
  const auto known = std::find_if(ended_.begin(), ended_.end(),
                                  [&](const Ended& ended) { return ended.event.run == id; });
  if (known == ended_.end()) throw Refused(404, "found no such run, or it is not done");
  if (!known->kept) throw Refused(404, "found a run that did not come to its end");
  ended_.splice(ended_.begin(), ended_, known);
  return known->kept;
}

void Runs::remove(const std::string& id) {
  const std::lock_guard guard(mutex_);
  if (current_ && current_->id == id) {
    current_->ending.front().event = event_of("cancelled", id);
    current_->stop = current_->removed = true;
    return;
  }
  const auto is_it = [&](const auto& job) { return job->id == id; };
  if (std::erase_if(waiting_, is_it) > 0) return events_.publish(event_of("cancelled", id));
  if (ended_.remove_if([&](const Ended& ended) { return ended.event.run == id; }) == 0) {
    throw Refused(404, "found no such run");
  }
}

void Runs::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return closing_ || (!busy_ && !waiting_.empty()); });
    if (closing_) return;
    const auto job = waiting_.front();
    current_ = job;
    waiting_.pop_front();
    busy_ = true;
    lock.unlock();
    compute(*job);
    lock.lock();
    busy_ = false;
    changed_.notify_all();
  }
}

void Runs::compute(Job& job) {
  auto told = Clock::now();
  RunControl control{threads_, &job.stop, [&](std::size_t done, std::size_t total) {
                       const auto now = Clock::now();
                       if (now - told < between_events && done < total) return;
                       told = now;
                       const std::lock_guard guard(mutex_);
                       job.done = done;
                       events_.publish(progress_of(job.id, done, total));
                     }};
  try {
    const Limits::Task limit(limits_, job.stop, longest_run);
    auto results = simulate(*job.run, job.id, control);
    if (limit.over()) return finish(job, event_of("failed", job.id, {{"error", too_long()}}), {});
    if (results.empty()) return finish(job, event_of("cancelled", job.id), {});
    auto kept = std::make_shared<Kept>();
    kept->results = std::move(results);
    kept->run = job.run;
    kept->first_replicate = job.run->first_replicate;
    kept->replicates = job.run->replicates;
    kept->outcomes = job.run->outcomes();
    kept->bytes = kept->results.size() + memory_of(*job.run);
    finish(job, event_of("done", job.id), std::move(kept));
  } catch (...) {
    finish(job, failure_of(job.id), {});
  }
}

std::optional<Event> Runs::failure_of(const std::string& run) noexcept {
  try {
    const auto error = Json::parse(answer_of_exception().body).at("error");
    return event_of("failed", run, {{"error", error}});
  } catch (...) {
    return std::nullopt;  // not even so much memory is left
  }
}

void Runs::finish(Job& job, std::optional<Event> event, std::shared_ptr<const Kept> kept) noexcept {
  const std::lock_guard guard(mutex_);
  Ended& ended = job.ending.front();
  if (event && !job.removed) ended.event = *std::move(event);
  current_.reset();
  events_.publish(ended.event);
  if (job.removed) return;
  ended.kept = std::move(kept);
  remember(job.ending);
}

void Runs::exclusively(const std::function<void(const RunControl& control)>& work) {
  {
    std::unique_lock lock(mutex_);
    if (std::exchange(queued_, true)) {
      throw Refused(429, "found another file that is being made; allowed: one, try again");
    }
    changed_.wait(lock, [&] { return closing_ || !busy_; });
    queued_ = false;
    if (closing_) throw Refused(429, "the program ends");
    busy_ = true;
  }
  std::atomic<bool> stop{false};
  bool over = false;
  std::exception_ptr failure;
  try {
    const Limits::Task limit(limits_, stop, longest_run);
    work({threads_, &stop, {}});
    over = limit.over();
  } catch (...) {
    failure = std::current_exception();
  }
  {
    const std::lock_guard guard(mutex_);
    busy_ = false;
  }
  changed_.notify_all();
  if (failure) std::rethrow_exception(failure);
  if (over) throw Refused(400, too_long());
  if (stop) throw Refused(429, "the program ends");
}

std::shared_ptr<LiveEvents::Listener> Runs::listen() {
  const std::lock_guard guard(mutex_);
  std::vector<Event> events;
  for (const auto& ended : ended_) events.push_back(ended.event);
  for (const auto& job : waiting_) events.push_back(progress_of(job->id, 0, job->total));
  if (current_) events.push_back(progress_of(current_->id, current_->done, current_->total));
  return events_.listen(std::move(events));
}

}  // namespace entente::lab
