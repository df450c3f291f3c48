"""Rows as CSV for COPY (https://www.postgresql.org/docs/current/sql-copy.html), by way of JSON.

With a backslash as its escape, CSV writes a text as JSON does, but for line ends and the like,
which almost no value has; `null` without quotes is null in both. So a row is encoded as a JSON
array, which is done in C, and its brackets are left away.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

OPTIONS = r"with (format csv, null 'null', escape E'\\')"

_SHORT = 400
_encoder = msgspec.json.Encoder()
# What JSON writes with a backslash, apart from the backslash itself and the quote.
_MARK = re.compile(rb"\\[nrtbfu]")
# Needs no quotes in an array: letters and digits as in an id, and not the word null.
_WORD = re.compile(r"(?!(?i:null)\b)[0-9A-Za-z_-]+")
_ESCAPE = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|(.))")
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def rendered(
    rows: Iterable[Sequence[object]], first: Sequence[str], *, last: Sequence[bytes] | None = None
) -> bytes:
    """One line a row, each beginning with the cells `first`.

    A cell is a text, number, bool, moment (UTC when it names no zone) or None; lists have to be
    literals (`literal`) by now. `last` is one more cell for each row, as `json_cells` gives it.
    """
    lines = _encoder.encode_lines(list(rows))
    if not lines:
        return b""
    split = lines.split(b"\n")[:-1]
    if b"\\" in lines:
        split = [_without_marks(line) if b"\\" in line else line for line in split]
    head = _without_marks(_encoder.encode(first)[1:-1])
    if last is None:
        return b"".join([b"%b,%b\n" % (head, line[1:-1]) for line in split])
    pairs = zip(split, last, strict=True)
    return b"".join([b'%b,%b,"%b"\n' % (head, line[1:-1], cell) for line, cell in pairs])


def rendered_words(rows: Sequence[Sequence[str]], first: Sequence[str]) -> bytes:
    """`rendered`, for rows that hold nothing but short texts, such as ids."""
    head = "".join(f"{cell}," for cell in first)
    text = "".join([f"{head}{','.join(row)}\n" for row in rows])
    commas = (len(first) + len(rows[0]) - 1) * len(rows) if rows else 0
    is_clean = (
        text.count(",") == commas
        and text.count("\n") == len(rows)
        and not any(mark in text for mark in ("\\", '"', "\r", "\x00", "null", ",,", ",\n"))
    )
    return text.encode() if is_clean else rendered(rows, first)


def json_cells(lines: bytes) -> list[bytes]:
    """Lines of JSON as cells of JSON, without the quotes around them."""
    cells = lines.replace(b"\\", b"\\\\").replace(b'"', b'\\"').split(b"\n")
    return cells if cells[-1] else cells[:-1]


def literal(items: Sequence[str] | None) -> str | None:
    """A list as PostgreSQL's array literal: quotes and backslashes get a backslash of their own."""
    if not items:
        return None if items is None else "{}"
    # Most lists come over and over again: the products of a user, the kinds of a group.
    is_short = sum(map(len, items)) <= _SHORT
    return _known_literal(tuple(items)) if is_short else _literal(items)


@lru_cache(maxsize=4_096)
def _known_literal(items: tuple[str, ...]) -> str:
    return _literal(items)


def _literal(items: Sequence[str]) -> str:
    return "{" + ",".join(map(_item, items)) + "}"


def _item(text: str) -> str:
    if _WORD.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _without_marks(line: bytes) -> bytes:
    return _ESCAPE.sub(_as_it_is, line) if _MARK.search(line) else line


def _as_it_is(escape: "re.Match[bytes]") -> bytes:
    code, mark = escape.groups()
    if code is not None:
        # NUL can be stored neither in text nor in json, so it is dropped.
        return chr(int(code, 16)).encode() if int(code, 16) else b""
    return _PLAIN.get(mark, escape[0])
