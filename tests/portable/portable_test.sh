#!/usr/bin/env bash
# The engine builds with another compiler and another standard library, on one thread and without
# oneTBB, and gives the same bits.
#
# usage: portable_test.sh SOURCE_DIR REFERENCE_PROGRAM CXX
set -euo pipefail
source_dir=$1 reference=$2 cxx=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$source_dir"
sources=(sim/model/*.cpp sim/terms/*.cpp sim/engine/*.cpp tests/support/*_world.cpp
         sim/core/{calendar,error,kernels,lanes,math,random}.cpp tests/portable/signature.cpp)
printf '%s\n' "${sources[@]}" | xargs -P "$(nproc)" -I{} sh -c '
  "$0" -std=c++20 -stdlib=libc++ -O1 -ffp-contract=off -DENTENTE_SERIAL -Iinclude -Isim -Itests \
    -c "$2" -o "$1/$(echo "$2" | tr / _).o"' "$cxx" "$work" {}
"$cxx" -stdlib=libc++ "$work"/*.o -o "$work/signature"

found=$("$work/signature")
expected=$("$reference")
echo "here:      $expected"
echo "elsewhere: $found"
[ "$found" = "$expected" ]
