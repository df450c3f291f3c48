"""The kit: every template compiles, nothing is inline, words for times are right."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.test import Client

from pilotage.kernel import clock
from pilotage.web import times
from pilotage.web.customers.extend_trial import ordinal
from tests.cast import World
from tests.web.samples import failed, onboarded

WEB = Path(apps.get_app_config("web").path)
TEMPLATES = sorted(p.relative_to(WEB / "templates") for p in (WEB / "templates").rglob("*.html"))
STATIC = WEB / "static" / "pilotage"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_template_compiles_and_has_nothing_inline(path: Path) -> None:
    get_template(str(path))
    source = (WEB / "templates" / path).read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", source)
    assert source.count("\n") <= 120


@pytest.mark.parametrize(
    "path",
    ["/", "/customers", "/customers/pending", "/imports", "/audit-log", "/operators", "/catalogue"],
)
def test_no_component_stays_unrendered(world: World, editor: Client, path: str) -> None:
    failed(world, "Contoso")
    onboarded(world, "Fabrikam")
    page = editor.get(path).content.decode()
    assert "<c-" not in page and "{{" not in page and "{%" not in page


def test_our_own_scripts_stay_small_and_load_nothing_from_elsewhere() -> None:
    sources = [path.read_text() for path in STATIC.glob("*.js")]
    assert sum(source.count("\n") for source in sources) < 300
    assert not any(re.search(r"https?://|eval\(|innerHTML", source) for source in sources)


def test_the_theme_is_in_the_first_byte_of_the_page(editor: Client) -> None:
    editor.cookies["theme"] = "dark"
    assert '<html lang="en" data-theme="dark">' in editor.get("/customers").content.decode()
    editor.cookies["theme"] = '"><script>'
    assert '<html lang="en">' in editor.get("/customers").content.decode()


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (timedelta(seconds=20), "in a moment"),
        (timedelta(seconds=-20), "just now"),
        (timedelta(minutes=-2), "2 min ago"),
        (timedelta(hours=3), "in 3 h"),
        (timedelta(days=1, hours=2), "in 1 day"),
        (timedelta(days=-3), "3 days ago"),
        (timedelta(days=261), "in 261 days"),
        (timedelta(days=-60), "60 days ago"),
        (timedelta(days=-61), "2 months ago"),
        (timedelta(days=-729), "24 months ago"),
        (timedelta(days=-730), "2 years ago"),
        (timedelta(days=-1_500), "4 years ago"),
    ],
)
def test_relative_times(delta: timedelta, words: str) -> None:
    assert times.relative(NOON + delta, NOON) == words


def test_days_are_those_of_the_named_time_zone() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert times.day(late, "Europe/Berlin") == "23 Nov 2026"
    assert times.day(late, "America/New_York") == "22 Nov 2026"


def test_urgency_colours_only_what_matters() -> None:
    with clock.set_to(NOON):
        assert times.urgency(NOON - timedelta(seconds=1)) == "past"
        assert times.urgency(NOON + timedelta(days=6)) == "soon"
        assert times.urgency(NOON + timedelta(days=8)) == "mute"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "under 1 s"),
        (4.2, "4 s"),
        (95, "1 min 35 s"),
        (720, "12 min"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
    ],
)
def test_spans(seconds: float, words: str) -> None:
    assert times.span(seconds) == words


def test_ordinals() -> None:
    words = [ordinal(n) for n in (1, 5, 6, 11, 21, 22, 23)]
    assert words == ["first", "fifth", "6th", "11th", "21st", "22nd", "23rd"]
