#pragma once

// The only place that knows oneTBB. With ENTENTE_SERIAL everything runs on the calling thread, in
// the same order of results, so that the engine also builds where there are no threads.

#include <cstddef>
#include <memory>
#include <utility>

#ifndef ENTENTE_SERIAL
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>
#endif

#if defined(__SANITIZE_THREAD__)
// Debian's oneTBB is not built for ThreadSanitizer, which therefore cannot see that a task happens
// after its spawn and before its join. These two calls say so.
extern "C" void __tsan_acquire(void* address);  // NOLINT(bugprone-reserved-identifier)
extern "C" void __tsan_release(void* address);  // NOLINT(bugprone-reserved-identifier)
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
  char address_ = 0;
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
    JoinEdge spawn;
    JoinEdge join;
    spawn.release();
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, chunks, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          spawn.acquire();
          for (std::size_t chunk = range.begin(); chunk != range.end(); ++chunk) run(chunk);
          join.release();
        },
        tbb::simple_partitioner{});
    join.acquire();
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
    JoinEdge edge;
    edge.release();
    arena.execute([&] {
      edge.acquire();
      body();
      edge.release();
    });
    edge.acquire();
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

/// Makes items with `produce(index)` in parallel and hands them to `consume(item)` one at a time in
/// ascending order of index, with at most `in_flight` items alive. `more(index)` is asked before
/// each item and ends the sequence when false.
template <class Item, class More, class Produce, class Consume>
void ordered_pipeline(std::size_t in_flight, const More& more, const Produce& produce,
                      const Consume& consume) {
#ifndef ENTENTE_SERIAL
  std::size_t next = 0;
  JoinEdge spawn;
  JoinEdge made;
  JoinEdge join;
  spawn.release();
  tbb::parallel_pipeline(
      in_flight,
      tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order,
                                          [&](tbb::flow_control& control) -> std::size_t {
                                            spawn.acquire();
                                            if (!more(next)) {
                                              control.stop();
                                              spawn.release();
                                              return 0;
                                            }
                                            const std::size_t index = next++;
                                            spawn.release();
                                            return index;
                                          }) &
          tbb::make_filter<std::size_t, std::shared_ptr<Item>>(tbb::filter_mode::parallel,
                                                               [&](std::size_t index) {
                                                                 spawn.acquire();
                                                                 auto item = std::make_shared<Item>(
                                                                     produce(index));
                                                                 made.release();
                                                                 return item;
                                                               }) &
          tbb::make_filter<std::shared_ptr<Item>, void>(tbb::filter_mode::serial_in_order,
                                                        [&](const std::shared_ptr<Item>& item) {
                                                          made.acquire();
                                                          consume(*item);
                                                          made.release();
                                                          join.release();
                                                        }));
  join.acquire();
#else
  static_cast<void>(in_flight);
  for (std::size_t index = 0; more(index); ++index) {
    const Item item = produce(index);
    consume(item);
  }
#endif
}

}  // namespace entente::detail
