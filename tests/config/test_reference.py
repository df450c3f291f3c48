"""The reference page says what the code says."""

from pathlib import Path

from pilotage.config.environment import SETTINGS
from pilotage.config.reference import as_markdown

PAGE = Path(__file__).resolve().parents[2] / "docs/operate/settings.md"


def test_the_page_is_up_to_date() -> None:
    text = "Run `python -m pilotage.config.reference > docs/operate/settings.md`."
    assert PAGE.read_text(encoding="utf-8") == as_markdown(), text


def test_every_setting_of_the_environment_stands_in_it() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"\n## {setting.name}\n" in page for setting in SETTINGS)
