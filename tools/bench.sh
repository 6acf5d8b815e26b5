#!/usr/bin/env bash
# Builds the benchmarks and measures the engine beside what it is compared with: writes
# docs/performance.json and from it docs/performance.md. Arguments go to tests/bench/run.py; with
# any of them (--quick, --only PATTERN, --rounds N) both files go to build/bench instead, since the
# page in docs/ shows a whole run. `--later PATTERN` measures groups anew and puts them into the
# page in docs/, which says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools/setup.sh
build=build/bench
cmake --preset release -B "$build" \
  -DENTENTE_BUILD_BENCHMARKS=ON -DENTENTE_BUILD_TESTS=OFF > /dev/null
cmake --build "$build" --parallel "$(nproc)"

python=/usr/bin/python3 # the one that has the packages
export PYTHONDONTWRITEBYTECODE=1
folder=docs
if [ "${1:-}" = --later ]; then
  set -- --only "${2:?the name of a group}" --into docs/performance.json
elif [ $# -gt 0 ]; then
  folder=$build
fi
"$python" tests/bench/run.py --build "$build" --output "$build/performance.json" "$@"
"$python" tests/bench/report.py "$build/performance.json" > "$build/performance.md"
if [ "$folder" = docs ]; then
  cp "$build/performance.json" "$build/performance.md" docs/
fi
echo "$PWD/$folder/performance.md"
