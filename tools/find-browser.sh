#!/bin/sh
# Print the path of a Chromium for the browser tests; install Debian's when run as root.
set -eu
find_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}
if ! find_browser; then
    if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
        echo "The browser tests need Chromium. Run this first: sudo apt-get install chromium" >&2
        exit 1
    fi
    echo "Installing Chromium ..." >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-liberation >/dev/null
    find_browser
fi
