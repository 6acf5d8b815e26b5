#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

/// Loops over lanes that use the widest vector units of the machine they run on.
///
/// Every loop is compiled once for each level below and picked at run time. The levels give the
/// same bits: a kernel is plain IEEE arithmetic, element by element, and no level may fuse a
/// product with a sum (-ffp-contract=off).
namespace entente::lanes {

/// Levels of the x86-64 psABI; other processors have `plain` only.
enum class Level : std::uint8_t { plain = 0, v2 = 2, v3 = 3, v4 = 4 };

/// The highest level that this machine supports.
[[nodiscard]] Level supported();

namespace detail {
extern std::atomic<Level> current;
}

/// The level in use: `supported()`, unless ENTENTE_LEVEL (plain, v2, v3, v4) in the environment
/// asks for a lower one when the program starts.
[[nodiscard]] inline Level level() { return detail::current.load(std::memory_order_relaxed); }

/// Uses another level from now on, at most `supported()`; for tests and benchmarks.
void use(Level wanted);

namespace detail {

// `flatten` draws the kernel and all that it calls into the loop, where it takes the loop's target.
// The kernel comes by value: behind a reference, stores of bytes could alias what it captured.
#if defined(__GNUC__) && !defined(__clang__)
#define ENTENTE_INDEPENDENT _Pragma("GCC ivdep")
#else
#define ENTENTE_INDEPENDENT
#endif

template <class Kernel>
void loop_plain(std::size_t count, Kernel kernel) {
  ENTENTE_INDEPENDENT
  for (std::size_t x = 0; x < count; ++x) kernel(x);
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define ENTENTE_LANE_LEVELS 1
template <class Kernel>
__attribute__((target("arch=x86-64-v2"), flatten, noinline)) void loop_v2(std::size_t count,
                                                                          Kernel kernel) {
  ENTENTE_INDEPENDENT
  for (std::size_t x = 0; x < count; ++x) kernel(x);
}

template <class Kernel>
__attribute__((target("arch=x86-64-v3"), flatten, noinline)) void loop_v3(std::size_t count,
                                                                          Kernel kernel) {
  ENTENTE_INDEPENDENT
  for (std::size_t x = 0; x < count; ++x) kernel(x);
}

template <class Kernel>
__attribute__((target("arch=x86-64-v4,prefer-vector-width=512"), flatten, noinline)) void loop_v4(
    std::size_t count, Kernel kernel) {
  ENTENTE_INDEPENDENT
  for (std::size_t x = 0; x < count; ++x) kernel(x);
}
#endif
#undef ENTENTE_INDEPENDENT

}  // namespace detail

/// Calls kernel(x) for x in [0, count). The calls must not depend on each other: they are taken
/// several at a time, in any order.
template <class Kernel>
void each(std::size_t count, Kernel kernel) {
#ifdef ENTENTE_LANE_LEVELS
  switch (level()) {
    case Level::v4:
      return detail::loop_v4(count, kernel);
    case Level::v3:
      return detail::loop_v3(count, kernel);
    case Level::v2:
      return detail::loop_v2(count, kernel);
    case Level::plain:
      break;
  }
#endif
  detail::loop_plain(count, kernel);
}

}  // namespace entente::lanes
