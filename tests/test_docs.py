"""What the documents name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "deploy").glob("*.md")),
]
# In code quotes, from the project's root: `tests/security/test_canary.py`, `src/pilotage`.
_NAMED = re.compile(r"`((?:src|tests|tools|bench|docs|deploy)/[\w./*-]+)`")
_LINKED = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
# Made by who installs it.
_MADE_LATER = {"deploy/secrets/"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_is_named_exists(path: Path) -> None:
    text = path.read_text()
    named = {name for name in _NAMED.findall(text) if name not in _MADE_LATER}
    missing = [name for name in sorted(named) if not list(ROOT.glob(name.rstrip("/")))]
    linked = set(_LINKED.findall(text))
    missing += [name for name in sorted(linked) if not (path.parent / name).exists()]
    assert not missing
