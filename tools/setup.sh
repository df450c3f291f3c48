#!/bin/sh
# `tools/setup.sh app|dev`: make .venv with what requirements/app.lock or dev.lock names.
# Does nothing when that is done already; starts over where it was interrupted.
set -eu
cd "$(dirname "$0")/.."
kind=${1:?usage: tools/setup.sh app|dev}
here=$(pwd -P)

fail() {
    echo "$*" >&2
    exit 1
}

# Two makes at once take turns; the lock goes with the process, however that ends.
mkdir -p var
exec 9>var/setup.lock
flock 9

# A stamp names what was installed, from which lock and where: a checkout that was moved needs
# new scripts, because they carry its path. The development set contains the other.
stamp_of() {
    printf '%s %s %s\n' "$1" "$(sha256sum <"requirements/$1.lock")" "$here"
}
installed=$(cat .venv/pilotage-stamp 2>/dev/null || true)
for enough in "$kind" dev; do
    if [ "$installed" = "$(stamp_of "$enough")" ] && .venv/bin/python -c '' 2>/dev/null; then
        exit 0
    fi
done

# Exit code 0 for a Python that is new enough and has all it needs to make an environment.
is_usable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null
}
is_complete() {
    "$1" -c 'import ctypes, ensurepip, ssl, venv, zlib' 2>/dev/null
}
find_python() {
    for name in python3.11 python3.12 python3.13 python3.14 python3; do
        for candidate in "$name" "/usr/bin/$name"; do
            found=$(command -v "$candidate") || continue
            if is_usable "$found" && "${1:-true}" "$found"; then
                echo "$found"
                return
            fi
        done
    done
    return 1
}
install_packages() {
    command -v apt-get >/dev/null || fail "Install $* and run this again."
    [ "$(id -u)" = 0 ] || fail "Run this first: sudo apt-get install $*"
    echo "Installing $* ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if ! python=$(find_python is_complete); then
    python=$(find_python) || fail "Python 3.11 to 3.14 is needed, and none was found."
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install_packages "python$version" "python$version-venv"
    is_complete "$python" || fail "$python cannot make a virtual environment (python3-venv)."
fi

# Kept if it works and is of this place: then only what changed in the lock is installed.
case $installed in *" $here") ;; ?*) rm -rf .venv ;; esac
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    echo "Making a virtual environment with $("$python" --version) ..."
    rm -rf .venv
    "$python" -m venv .venv
fi
echo "Installing requirements/$kind.lock ..."
rm -f .venv/pilotage-stamp
.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --no-compile \
    --require-hashes --requirement "requirements/$kind.lock"
.venv/bin/python tools/link_package.py
stamp_of "$kind" >.venv/pilotage-stamp
