#!/bin/sh
# Print the path of a Chromium for the browser tests; what lacks is installed when run as root.
set -eu
cd "$(dirname "$0")/.."

find_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}
lacking=
find_browser >/dev/null || lacking="chromium fonts-liberation"
# The driver that Playwright brings needs it, and a small Debian does not have it.
.venv/bin/python -m playwright --version >/dev/null 2>&1 || lacking="$lacking libatomic1"
if [ -n "$lacking" ]; then
    if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
        echo "The browser tests need more. Run this first: sudo apt-get install $lacking" >&2
        exit 1
    fi
    echo "Installing $lacking ..." >&2
    apt-get update -qq >&2
    # shellcheck disable=SC2086 # the words are packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $lacking >/dev/null
fi
find_browser
