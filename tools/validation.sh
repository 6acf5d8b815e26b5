#!/usr/bin/env bash
# Builds the program, estimates the validation cases, scores forecasts of their past, and writes
# docs/validation.md with its numbers (docs/validation.json) and figures (docs/figures/). With
# --quick, which has two cases and few replicates, all of it goes to build/validation instead, since
# the page in docs/ shows a whole run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

quick=()
case "$*" in
  "") ;;
  --quick) quick=(--quick) ;;
  *)
    echo "usage: tools/validation.sh [--quick]" >&2
    exit 2
    ;;
esac

tools/setup.sh
build=build/validation
cmake --preset release -B "$build" -DENTENTE_BUILD_TESTS=OFF > /dev/null
cmake --build "$build" --parallel "$(nproc)" --target entente_cli

python=/usr/bin/python3 # the one that has the packages
export PYTHONDONTWRITEBYTECODE=1
rm -rf "$build/page"
"$python" tools/validation/collect.py --program "$build/bin/entente" \
  --output "$build/page/validation.json" "${quick[@]}"
"$python" tools/validation/report.py "$build/page/validation.json" > "$build/page/validation.md"
"$python" tools/validation/draw.py "$build/page/validation.json" "$build/page/figures"
folder=$build/page
if [ ${#quick[@]} -eq 0 ]; then
  folder=docs
  rm -f docs/figures/validation-*.svg
  mkdir -p docs/figures
  cp "$build/page/validation.json" "$build/page/validation.md" docs/
  cp "$build"/page/figures/validation-*.svg docs/figures/
fi
echo "$PWD/$folder/validation.md"
