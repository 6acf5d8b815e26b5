#!/usr/bin/env bash
# install_test.sh CMAKE BUILD_DIR CXX VERSION: a program elsewhere finds, links and runs the library.
set -euo pipefail
cmake=$1 build=$2 cxx=$3 version=$4
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$cmake" --install "$build" --prefix "$scratch/prefix" > "$scratch/install.log"
"$cmake" -S "$here/consumer" -B "$scratch/build" -G Ninja \
  -DCMAKE_PREFIX_PATH="$scratch/prefix" -DCMAKE_CXX_COMPILER="$cxx"
"$cmake" --build "$scratch/build" -j 2

found=$("$scratch/build/consumer")
if [ "$found" != "$version" ]; then
  echo "consumer: found version '$found'; expected '$version'" >&2
  exit 1
fi
if [ -e "$build/bin/libentente_mpi.so" ] &&
  [ -z "$(find "$scratch/prefix" -name libentente_mpi.so)" ]; then
  echo "the module for MPI was built but not installed" >&2
  exit 1
fi
program=$scratch/prefix/bin/entente
if [ -e "$program" ] && ! "$program" --version | grep -qF "$version"; then
  echo "installed entente --version: found '$("$program" --version)'; expected $version in it" >&2
  exit 1
fi
echo "installed, found, linked and run: entente $version"
