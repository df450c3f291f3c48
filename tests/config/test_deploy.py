"""What deploy/ and its guides name is what there is."""

import re
from pathlib import Path

import pytest

from pilotage.config.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {name for s in SETTINGS for name in (s.name, f"{s.name}_FILE")}
GUIDES = [ROOT / "docs/operate" / f"{name}.md" for name in ("install", "backup", "upgrade")]
FILES = sorted(p for p in (ROOT / "deploy").rglob("*") if p.is_file() and "secrets" not in p.parts)
UNITS = [ROOT / "deploy/systemd" / f"pilotage-{name}.service" for name in ("web", "worker")]


@pytest.mark.parametrize("path", [*FILES, *GUIDES], ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bPILOTAGE_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
    assert named <= KNOWN


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_file_that_a_guide_links_to_exists(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert links and all((path.parent / link).exists() for link in links)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_loads_the_credentials_that_it_uses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    loaded = set(re.findall(r"^LoadCredential=([\w-]+):", text, re.MULTILINE))
    assert loaded and loaded == set(re.findall(r"=%d/([\w-]+)$", text, re.MULTILINE))
    assert ("import-certificate" in loaded) == ("worker" in path.name)
