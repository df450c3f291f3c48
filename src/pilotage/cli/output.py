"""What commands print: tables for people, JSON for scripts."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_NO_END = 100_000


def print_json(value: object) -> None:
    """One JSON value on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_table(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as a table; `columns` maps a key (dots reach into objects) to its heading."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in columns.values():
        table.add_column(heading, overflow="fold")
    count = 0
    for row in rows:
        # Text, not str: names come from people and may look like rich's own markup.
        table.add_row(*(Text(_plain(_reach(row, key))) for key in columns))
        count += 1
    # In a pipe a row is one line, however long, so that other tools can read it.
    console = Console(width=None if sys.stdout.isatty() else _NO_END)
    if count:
        console.print(table)
    else:
        console.print("Nothing here.")


def print_facts(facts: Sequence[tuple[str, Any]]) -> None:
    """Names and values below each other."""
    width = max(len(name) for name, _ in facts)
    for name, value in facts:
        sys.stdout.write(f"{name:<{width}}  {_plain(value)}\n")


def say(text: str) -> None:
    """One line on standard output."""
    sys.stdout.write(text + "\n")


def _reach(row: Mapping[str, Any], key: str) -> Any:
    value: Any = row
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "–"
    text = str(value)
    return "".join(c if c.isprintable() else "�" for c in text)
