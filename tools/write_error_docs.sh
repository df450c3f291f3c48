#!/bin/sh
# Write docs/use/import-errors.md anew from the catalogue of import errors.
set -eu
cd "$(dirname "$0")/.."
PYTHONPATH=src .venv/bin/python -c '
from pathlib import Path
from pilotage.imports.error_catalogue.as_markdown import as_markdown
Path("docs/use/import-errors.md").write_text(as_markdown())'
