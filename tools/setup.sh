#!/usr/bin/env bash
# Installs what is missing of tools/packages.txt (Debian 12). Says and does nothing when all is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

wanted=$(sed 's/#.*//' tools/packages.txt | tr -s '[:space:]' '\n' | sed '/^$/d')
# A package may be there in another's name: a newer nodejs brings npm.
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' 2> /dev/null |
  sed -n 's/^installed //p' | sed 's/([^)]*)//g' | tr -s ', ' '\n')
missing=$(grep -vxFf <(printf '%s\n' "$installed") <<< "$wanted" || true)
[ -n "$missing" ] || exit 0
mapfile -t missing <<< "$missing"

as_root=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo > /dev/null; then
    echo "tools/setup.sh: missing packages, and neither root nor sudo to install them:" \
      "${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo "${as_root[@]}")
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt_get() {
  "${as_root[@]}" apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" < /dev/null \
    >> "$log" 2>&1
}

echo "Installing ${#missing[@]} packages: ${missing[*]}" >&2
# A failed update need not matter: the lists that are there may know the packages.
apt_get update || true
if ! apt_get install --no-install-recommends --no-remove "${missing[@]}"; then
  cat "$log" >&2
  exit 1
fi
