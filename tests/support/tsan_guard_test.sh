#!/usr/bin/env bash
# tsan_guard_test.sh GUARD: the suppressions for TBB must not hide a race in our own code.
set -euo pipefail

if report=$("$1" 2>&1) || ! grep -q 'data race .*tsan_guard.cpp' <<< "$report"; then
  echo "found no report of the race that $1 contains; tests/support/tsan.supp hides too much" >&2
  echo "$report" >&2
  exit 1
fi
