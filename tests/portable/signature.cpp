// Prints one number for everything that two small worlds record: equal engines print equal numbers.

#include <cstdint>
#include <cstdio>

#include "support/bare_world.hpp"
#include "support/tiny_world.hpp"

namespace {

/// FNV-1a over the bytes of a run at level full.
std::uint64_t signature(const entente::Model& model) {
  entente::RunOptions options;
  options.replicates = 100;
  options.record = entente::RecordLevel::full;
  std::uint64_t hash = 14695981039346656037ULL;
  for (const auto byte : entente::test::simulate(model, options).bytes(model)) {
    hash = (hash ^ byte) * 1099511628211ULL;
  }
  return hash;
}

}  // namespace

int main() {
  std::printf("%016llx %016llx\n",
              static_cast<unsigned long long>(signature(entente::test::tiny_world(1))),
              static_cast<unsigned long long>(signature(entente::test::tiny_world(2))));
}
