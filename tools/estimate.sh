#!/usr/bin/env bash
# Estimates the coefficients that shipped scenarios run on and writes scenarios/*/coefficients.yaml.
# Arguments name scenarios; without any, all that have such a file are estimated anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools/setup.sh
build=build/release
cmake --preset release -DENTENTE_BUILD_TESTS=OFF > /dev/null
cmake --build "$build" --parallel "$(nproc)" --target entente_cli

names=("$@")
if [ $# -eq 0 ]; then
  for file in scenarios/*/coefficients.yaml; do names+=("$(basename "$(dirname "$file")")"); done
fi
for name in "${names[@]}"; do
  "$build/bin/entente" fit "scenarios/$name" -o "scenarios/$name/coefficients.yaml" --force
done
