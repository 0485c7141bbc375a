#!/bin/sh
# Install the Debian packages listed in the given file (one a line, # starts a comment), when that is possible.
set -eu
wanted=$(sed 's/#.*//' "$1" | tr -s ' \n' ' ')
missing=""
for package in $wanted; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "not a Debian system; tests that need$missing will skip" >&2
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "not root; tests that need$missing will skip (install them with apt-get to run those tests)" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null
