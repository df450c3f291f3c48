#!/bin/sh
# Make .venv-bench with what requirements/bench.lock names: the peers of `make bench`, apart from
# Pilotage's own packages. Needs .venv. Does nothing when that is done already.
set -eu
cd "$(dirname "$0")/.."
stamp="$(sha256sum <requirements/bench.lock) $(pwd -P)"
[ "$(cat .venv-bench/pilotage-stamp 2>/dev/null || true)" = "$stamp" ] && exit 0
echo "Installing requirements/bench.lock ..."
rm -rf .venv-bench
.venv/bin/python -m venv .venv-bench
.venv-bench/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input \
    --require-hashes --requirement requirements/bench.lock
printf '%s\n' "$stamp" >.venv-bench/pilotage-stamp
