#!/usr/bin/env bash
# Builds and runs every test: as users get it, then under the address and undefined behaviour
# sanitizers, then under the thread sanitizer. Stops at the first build that fails a test, so that
# the last lines are always ctest's summary of what decided.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools/setup.sh
jobs=$(nproc)

# GCC 12's thread sanitizer cannot start where the kernel spreads mappings over more than 28 bits.
fixed_addresses=()
if [ "$(cat /proc/sys/vm/mmap_rnd_bits 2> /dev/null || echo 0)" -gt 28 ]; then
  fixed_addresses=(setarch "$(uname -m)" --addr-no-randomize)
fi

for preset in release asan tsan; do
  echo "== $preset"
  cmake --preset "$preset" > /dev/null
  cmake --build --preset "$preset" --parallel "$jobs"
  "${fixed_addresses[@]}" ctest --preset "$preset" --parallel "$jobs"
done
