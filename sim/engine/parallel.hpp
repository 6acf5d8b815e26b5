#pragma once

// The only place that knows oneTBB. With ENTENTE_SERIAL everything runs on the calling thread, in
// the same order of results, so that the engine also builds where there are no threads.

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#ifndef ENTENTE_SERIAL
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <mutex>
#endif

#if defined(__SANITIZE_THREAD__)
// Debian's oneTBB is not built for ThreadSanitizer, which therefore cannot see that a task happens
// after its spawn and before its join. These two calls say so.
extern "C" void __tsan_acquire(void* address);  // NOLINT(bugprone-reserved-identifier)
extern "C" void __tsan_release(void* address);  // NOLINT(bugprone-reserved-identifier)
#define ENTENTE_UNSEEN __attribute__((no_sanitize("thread")))
#else
#define ENTENTE_UNSEEN
#endif

namespace entente::detail {

/// Marks the edge from a task to what follows it, for ThreadSanitizer only.
class JoinEdge {
 public:
  void release() {
#if defined(__SANITIZE_THREAD__)
    __tsan_release(this);
#endif
  }
  void acquire() {
#if defined(__SANITIZE_THREAD__)
    __tsan_acquire(this);
#endif
  }

 private:
  [[maybe_unused]] char address_ = 0;
};

/// Releases an edge at the end of a scope, also when that is an exception.
struct ReleaseAtEnd {
  explicit ReleaseAtEnd(JoinEdge& released) : edge(released) {}
  ~ReleaseAtEnd() { edge.release(); }
  ReleaseAtEnd(const ReleaseAtEnd&) = delete;
  ReleaseAtEnd& operator=(const ReleaseAtEnd&) = delete;
  JoinEdge& edge;
};

/// Acquires an edge at the end of a scope, also when that is an exception.
struct AcquireAtEnd {
  explicit AcquireAtEnd(JoinEdge& acquired) : edge(acquired) {}
  ~AcquireAtEnd() { edge.acquire(); }
  AcquireAtEnd(const AcquireAtEnd&) = delete;
  AcquireAtEnd& operator=(const AcquireAtEnd&) = delete;
  JoinEdge& edge;
};

/// From whoever starts tasks to the tasks: released when their closures are complete, acquired
/// before a task looks at its closure. Hence not a local.
inline JoinEdge task_spawn;

/// What oneTBB copies and calls: a pointer to a closure that stays where it is. The copies are made
/// where the sanitizer does not see an order, so the pointer is read unseen too; the closure behind
/// it is read after the edge.
template <class Closure>
class Task {
 public:
  explicit Task(const Closure& closure) : closure_(&closure) {}

  template <class... Arguments>
  ENTENTE_UNSEEN auto operator()(Arguments&&... arguments) const {
    const Closure* closure = closure_;
    task_spawn.acquire();
    return (*closure)(std::forward<Arguments>(arguments)...);
  }

 private:
  const Closure* closure_;
};

/// Calls body(chunk, first, last) for the chunks of [0, count) of length `grain`. Chunks do not
/// depend on the number of threads, so per-chunk results can be combined in a fixed order.
template <class Body>
void for_chunks(std::size_t count, std::size_t grain, const Body& body) {
  const std::size_t chunks = (count + grain - 1) / grain;
  const auto run = [&](std::size_t chunk) {
    const std::size_t first = chunk * grain;
    body(chunk, first, first + grain < count ? first + grain : count);
  };
#ifndef ENTENTE_SERIAL
  if (chunks > 1) {
    JoinEdge join;
    const AcquireAtEnd joined(join);
    const auto some = [&](const tbb::blocked_range<std::size_t>& range) {
      const ReleaseAtEnd end(join);
      for (std::size_t chunk = range.begin(); chunk != range.end(); ++chunk) run(chunk);
    };
    task_spawn.release();
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, chunks, 1), Task(some),
                      tbb::simple_partitioner{});
    return;
  }
#endif
  for (std::size_t chunk = 0; chunk < chunks; ++chunk) run(chunk);
}

/// A pool of at most `threads` threads (0 = all) that carries out `body`.
template <class Body>
void with_threads(std::size_t threads, const Body& body) {
#ifndef ENTENTE_SERIAL
  if (threads != 0) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    tbb::task_arena arena(static_cast<int>(threads));
    JoinEdge join;
    const AcquireAtEnd joined(join);
    const auto whole = [&] {
      const ReleaseAtEnd end(join);
      body();
    };
    task_spawn.release();
    arena.execute(Task(whole));
    return;
  }
#else
  static_cast<void>(threads);
#endif
  body();
}

/// Threads that a parallel loop here may use.
inline std::size_t thread_count() {
#ifndef ENTENTE_SERIAL
  return static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
#else
  return 1;
#endif
}

/// Objects that tasks use one after another.
template <class T>
class Pool {
 public:
  /// An idle one, or what `make` gives.
  template <class Make>
  std::unique_ptr<T> take(const Make& make) {
    {
      const Guard guard(mutex_);
      if (!idle_.empty()) {
        auto item = std::move(idle_.back());
        idle_.pop_back();
        return item;
      }
    }
    return make();
  }

  void give_back(std::unique_ptr<T> item) {
    const Guard guard(mutex_);
    idle_.push_back(std::move(item));
  }

 private:
#ifndef ENTENTE_SERIAL
  using Mutex = std::mutex;
  using Guard = std::lock_guard<std::mutex>;
#else
  struct Mutex {};
  struct Guard {
    explicit Guard(Mutex&) {}
  };
#endif
  Mutex mutex_;
  std::vector<std::unique_ptr<T>> idle_;
};

/// Makes items with `produce(index)` in parallel and hands them to `consume(item)` one at a time in
/// ascending order of index, with at most `in_flight` items alive. `more(index)` is asked before
/// each item and ends the sequence when false.
template <class Item, class More, class Produce, class Consume>
void ordered_pipeline(std::size_t in_flight, const More& more, const Produce& produce,
                      const Consume& consume) {
#ifndef ENTENTE_SERIAL
  // An item waits in a slot; TBB hands on its index. Tokens end in order, so the at most
  // `in_flight` indices that are alive are consecutive and no two of them share a slot.
  std::vector<std::optional<Item>> slots(in_flight);
  std::size_t next = 0;
  JoinEdge begun;
  JoinEdge made;
  JoinEdge join;
  const AcquireAtEnd all_begun(begun);
  const AcquireAtEnd all_made(made);
  const AcquireAtEnd all_joined(join);
  const auto start = [&](tbb::flow_control& control) -> std::size_t {
    begun.acquire();
    join.acquire();  // the slot's last item has been consumed
    const ReleaseAtEnd end(begun);
    if (!more(next)) control.stop();
    return next++;
  };
  const auto make = [&](std::size_t index) -> std::size_t {
    begun.acquire();
    const ReleaseAtEnd end(made);
    slots[index % in_flight].emplace(produce(index));
    return index;
  };
  const auto finish = [&](std::size_t index) {
    made.acquire();
    join.acquire();  // the item before has been consumed
    const ReleaseAtEnd end(join);
    consume(*slots[index % in_flight]);
    slots[index % in_flight].reset();
  };
  using tbb::filter_mode;
  const auto stages =
      tbb::make_filter<void, std::size_t>(filter_mode::serial_in_order, Task(start)) &
      tbb::make_filter<std::size_t, std::size_t>(filter_mode::parallel, Task(make)) &
      tbb::make_filter<std::size_t, void>(filter_mode::serial_in_order, Task(finish));
  task_spawn.release();
  tbb::parallel_pipeline(in_flight, stages);
#else
  static_cast<void>(in_flight);
  for (std::size_t index = 0; more(index); ++index) {
    Item item = produce(index);
    consume(item);
  }
#endif
}

}  // namespace entente::detail

#undef ENTENTE_UNSEEN
