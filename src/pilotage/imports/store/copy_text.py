"""Rows as COPY's text format (https://www.postgresql.org/docs/current/sql-copy.html).

Most pages hold nothing that would have to be escaped, which one look at the JSON they came from
tells: a backslash, tab or line end in a value needs a backslash there too.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

# Any JSON escape but \\uXXXX, and the \\uXXXX of control characters and of the backslash.
_ESCAPE = re.compile(rb"\\(?:[^u]|u00(?:[01]|5[cC]))")
_SPECIAL = re.compile("[\x00\\\\\t\n\r]")
# NUL can be stored neither in text nor in json, so it is dropped.
_AS = {0: None, 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\"}


def needs_escaping(body: bytes) -> bool:
    """Whether values decoded from this JSON may hold characters that COPY gives a meaning."""
    return _ESCAPE.search(body) is not None


def rendered(rows: Iterable[Sequence[object]], first: Sequence[str], *, has_escapes: bool) -> bytes:
    """One line a row, each beginning with the cells `first` (plain text without escapes)."""
    head = "".join(f"{cell}\t" for cell in first)
    if has_escapes:
        lines = [head + "\t".join([_escaped(_cell(v, _quoted)) for v in row]) for row in rows]
    else:
        lines = [
            head + "\t".join([v if v.__class__ is str else _cell(v, _plain) for v in row])  # type: ignore[misc]
            for row in rows
        ]
    lines.append("")
    return "\n".join(lines).encode()


def _cell(value: Any, quote: Callable[[str], str]) -> str | None:
    """A cell before escaping; None stands for null, whose \\N must not be escaped."""
    kind = value.__class__
    if kind is str:
        return str(value)
    if value is None:
        return None if quote is _quoted else "\\N"
    if kind is bool:
        return "t" if value else "f"
    if kind is list:
        return "{" + ",".join([f'"{quote(item)}"' for item in value]) + "}"
    if kind is datetime:
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return str(moment.isoformat())
    return str(value)


def _plain(item: str) -> str:
    return item


def _quoted(item: str) -> str:
    """An element of an array literal: quotes and backslashes get a backslash of their own."""
    return item.replace("\\", "\\\\").replace('"', '\\"')


def _escaped(cell: str | None) -> str:
    if cell is None:
        return "\\N"
    return cell.translate(_AS) if _SPECIAL.search(cell) else cell
