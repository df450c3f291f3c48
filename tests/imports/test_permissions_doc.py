"""The guide for operators registers exactly the permissions that the collectors declare."""

import re
from pathlib import Path

from pilotage.imports.collectors.registry import ALL_PERMISSIONS

GUIDE = Path(__file__).resolve().parents[2] / "docs/operate/microsoft.md"


def test_the_table_lists_each_permission_and_no_other() -> None:
    table = GUIDE.read_text().partition("<!-- permissions: begin -->")[2]
    table = table.partition("<!-- permissions: end -->")[0]
    assert set(re.findall(r"^\| `([\w.]+)`", table, re.MULTILINE)) == ALL_PERMISSIONS


def test_the_script_asks_for_each_permission_and_no_other() -> None:
    loop = re.search(r"for PERMISSION in (.*?); do", GUIDE.read_text(), re.DOTALL)
    assert loop
    assert set(loop[1].replace("\\", " ").split()) == ALL_PERMISSIONS
