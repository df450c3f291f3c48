#!/bin/sh
# Rewrite requirements/*.lock from requirements/*.in with uv, in a throw-away environment.
# `tools/lock.sh bench` does only the one it is given.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv
for name in ${*:-app dev bench}; do
    "$scratch/venv/bin/uv" pip compile --quiet --upgrade --generate-hashes --universal \
        --python-version 3.11 --no-emit-index-url --no-header \
        "requirements/$name.in" -o "requirements/$name.lock"
    # Whatever the machine's own settings added (an index, a folder of wheels) stays out.
    sed -i -e '\#://#d' -e '/^--/d' -e '\#^ *\# via /#d' "requirements/$name.lock"
    echo "requirements/$name.lock: $(grep -c '==' "requirements/$name.lock") packages"
done
