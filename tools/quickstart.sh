#!/usr/bin/env bash
# From a fresh clone to a first result: installs what is missing, builds the program, runs the
# Afghanistan scenario, and prints the table and where the full result lies.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools/setup.sh
cmake --preset release > /dev/null
cmake --build --preset release --target entente_cli --parallel "$(nproc)"

result=build/quickstart/afghanistan-2021.h5
mkdir -p "$(dirname "$result")"
build/release/bin/entente run scenarios/afghanistan-2021 --replicates 256 -o "$result" --force
build/release/bin/entente report "$result" -o "${result%.h5}.html" --force --quiet
echo "As a page for any browser: $PWD/${result%.h5}.html"
echo "To turn knobs: build/release/bin/entente lab"
