#!/usr/bin/env bash
# Every C++ file of the project is formatted by .clang-format.
set -euo pipefail
mapfile -t files < <(find include sim tools tests -name '*.cpp' -o -name '*.hpp' | sort)
clang-format --dry-run -Werror --ferror-limit=1 "${files[@]}"
echo "${#files[@]} files formatted"
