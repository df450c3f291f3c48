"""Adding a collector is one file, one line and one row; this finds what was forgotten."""

from pathlib import Path

import msgspec
import pytest

from pilotage.directory import models as directory
from pilotage.imports.chains.choose import chains_of, ways_of
from pilotage.imports.collectors.collector import Collector, Listing, Members
from pilotage.imports.collectors.registry import ALL_PERMISSIONS, COLLECTORS, missing_permissions

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src/pilotage/imports/collectors"
NO_COLLECTORS = {"__init__", "collector", "registry", "shapes"}
EVERY = pytest.mark.parametrize("collector", COLLECTORS, ids=lambda c: c.name)


def test_every_file_is_in_the_registry() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - NO_COLLECTORS
    assert files == {collector.name for collector in COLLECTORS}


@EVERY
def test_it_has_a_row_in_the_docs(collector: Collector) -> None:
    text = (ROOT / "docs/use/imports.md").read_text()
    (row,) = [line for line in text.splitlines() if line.startswith(f"| `{collector.name}` |")]
    assert collector.permission in row
    assert collector.resource in row
    assert collector.why in row
    assert ("required" in row) is collector.is_required
    assert collector.licence in row


@EVERY
def test_its_shape_fills_its_table(collector: Collector) -> None:
    if isinstance(collector, Members):
        assert set(collector.table.columns) == {*collector.table.key, "member_type"}
        return
    assert isinstance(collector, Listing)
    row = collector.to_row()(collector.shape(id="x", **_needed(collector)))
    assert len(row) == len([name for name in collector.table.columns if name != "rest"])
    assert collector.table.has_rest is bool(collector.rest)
    assert len(set(collector.select.split(","))) == collector.select.count(",") + 1
    assert row[collector.table.columns.index("id")] == "x"


def _needed(collector: Listing) -> dict[str, str]:
    """The fields without which an object of this kind is none."""
    fields = msgspec.structs.fields(collector.shape)
    return {field.name: "s" for field in fields if field.required and field.name != "id"}


@EVERY
def test_its_table_is_one_of_the_directorys(collector: Collector) -> None:
    tables = {getattr(directory, name)._meta.db_table for name in directory.__all__}
    assert collector.table.name in tables
    assert collector.table.key and set(collector.table.key) <= set(collector.table.columns)


@EVERY
def test_its_last_way_of_reading_is_plain(collector: Collector) -> None:
    ways = ways_of(collector)
    plain = "selected" if getattr(collector, "needs_select", False) else "plain"
    assert ways[-1] in {plain, "one_by_one"}
    assert len(chains_of(collector, ways[-1])) == 1


def test_a_broader_permission_counts() -> None:
    assert missing_permissions(ALL_PERMISSIONS) == frozenset()
    assert missing_permissions(frozenset({"Directory.Read.All"})) == frozenset()
    lacking = missing_permissions(frozenset({"Organization.Read.All", "Domain.Read.All"}))
    assert lacking == {"User.Read.All"}
