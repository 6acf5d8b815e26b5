// A race on purpose, in a body that TBB runs: tsan_guard_test.sh expects it to be reported.

#include "engine/parallel.hpp"

int main() {
  long long racy = 0;
  entente::detail::with_threads(4, [&] {
    entente::detail::for_chunks(400000, 100, [&](std::size_t, std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) ++racy;
    });
  });
  return racy == 0 ? 1 : 0;
}
