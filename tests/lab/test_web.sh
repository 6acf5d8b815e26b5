#!/usr/bin/env bash
# Runs a tool of the page's own packages in its folder: test_web.sh WEB_FOLDER TOOL [ARGUMENT]...
set -euo pipefail
cd "$1"
./build.sh # installs the packages where they are missing
exec npx --no-install "${@:2}"
