#!/usr/bin/env bash
# Builds the page into the folder FOLDER: build.sh FOLDER. Installs what package-lock.json names
# when it has changed since the last time. Nothing of it is run while it is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Builds of several folders may meet here.
exec 9> .install.lock
flock 9
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed
fi
flock -u 9

[ $# -eq 0 ] || npx vite build --logLevel=warn --outDir "$1" --emptyOutDir
