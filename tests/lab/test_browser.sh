#!/usr/bin/env bash
# Runs tests in a browser with the packages of the page: test_browser.sh WEB_FOLDER FILE.mjs
set -euo pipefail
"$1/build.sh" # installs the packages where they are missing
exec node "$2"
