"""Rows as COPY's text format (https://www.postgresql.org/docs/current/sql-copy.html).

A tab, line end or backslash in a value needs a backslash there. Almost no value has one, so rows
are put together without looking, and then it is counted whether anything is in them that should
not be: only such rows are made again, cell by cell.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

# Stands for null until the rows have been looked at; a value that holds it is made cell by cell.
_NULL = "\x01"
TAB = "\t"
# NUL can be stored neither in text nor in json, so it is dropped.
_SPECIAL = re.compile("[\x00\\\\\n\r]")
_AS = {0: None, 1: "\\x01", 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\"}


def rendered(
    rows: Iterable[Sequence[object]], first: Sequence[str], *, last: Sequence[bytes] | None = None
) -> bytes:
    """One line a row, each beginning with the cells `first` (plain text without escapes).

    `last` is one more cell for each row, rendered already.
    """
    head = "".join(f"{cell}\t" for cell in first)
    table = list(rows)
    cells = [
        [v if v.__class__ is str else _NULL if v is None else _cell(v) for v in row]
        for row in table
    ]
    lines = ["\t".join(row) for row in cells]
    _mend(lines, table)
    text = (head + f"\n{head}".join(lines) if lines else "").replace(_NULL, "\\N").encode()
    if last is not None and lines:
        pairs = zip(text.split(b"\n"), last, strict=True)
        text = b"\n".join([line + b"\t" + cell for line, cell in pairs])
    return text + b"\n" if lines else b""


def rendered_words(rows: Sequence[Sequence[str]], first: Sequence[str]) -> bytes:
    """`rendered`, for rows that hold nothing but texts."""
    head = "".join(f"{cell}\t" for cell in first)
    text = "".join([f"{head}{TAB.join(row)}\n" for row in rows])
    tabs = (len(first) + len(rows[0]) - 1) * len(rows) if rows else 0
    is_clean = (
        text.count("\t") == tabs
        and text.count("\n") == len(rows)
        and not any(mark in text for mark in ("\\", "\r", "\x00"))
    )
    return text.encode() if is_clean else rendered(rows, first)


def rendered_json(lines: bytes) -> bytes:
    """JSON as cells. A line end or tab within it is only ever space, and to be removed before."""
    return lines.replace(b"\\", b"\\\\")


def _mend(lines: list[str], table: list[Sequence[object]]) -> None:
    """Make the rows again that hold what has to be escaped."""
    if not lines:
        return
    tabs = len(table[0]) - 1
    page = "\n".join(lines)
    if page.count(_NULL) != sum(row.count(None) for row in table):
        # A value with the sign for null in it: never seen, but not to be taken for one.
        suspects: Iterable[int] = range(len(lines))
    elif (
        page.count("\t") == tabs * len(lines)
        and page.count("\n") == len(lines) - 1
        and not any(mark in page for mark in ("\\", "\r", "\x00"))
    ):
        return
    else:
        search = _SPECIAL.search
        suspects = [at for at, line in enumerate(lines) if line.count("\t") != tabs or search(line)]
    for at in suspects:
        lines[at] = "\t".join([_escaped(value) for value in table[at]])


def _cell(value: Any) -> str:
    """A cell before escaping."""
    kind = value.__class__
    if kind is bool:
        return "t" if value else "f"
    if kind is list:
        return "{" + ",".join([f'"{_quoted(item)}"' for item in value]) + "}"
    if kind is datetime:
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return str(moment.isoformat())
    return str(value)


def _quoted(item: str) -> str:
    """An element of an array literal: quotes and backslashes get a backslash of their own."""
    return item.replace("\\", "\\\\").replace('"', '\\"')


def _escaped(value: object) -> str:
    # In COPY's text \x01 may be written as an escape, which the sign for null is not taken for.
    return _NULL if value is None else _cell(value).translate(_AS)
