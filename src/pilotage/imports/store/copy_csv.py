"""Rows as CSV for COPY (https://www.postgresql.org/docs/current/sql-copy.html), by way of JSON.

A row is encoded as a JSON array, which is done in C, and its brackets are left away: commas are
between the cells, and `null` without quotes is null in both. CSV's quotes are a control character
that JSON never holds as it is, so that JSON goes into a cell untouched, and only a text with a
backslash, which almost none has, is looked at more closely.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

OPTIONS = r"with (format csv, null 'null', quote E'\x01', escape E'\x01')"

_SHORT = 400
_encoder = msgspec.json.Encoder()
_QUOTE = b"\x01"
_WITH_QUOTES = bytes.maketrans(b'"', _QUOTE)
# What JSON writes with a backslash.
_ESCAPE = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|(.))")
# Needs no quotes in an array: letters and digits as in an id, and not the word null.
_WORD = re.compile(r"(?!(?i:null)\b)[0-9A-Za-z_-]+")
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def rendered(
    rows: Iterable[Sequence[object]], first: Sequence[str], *, last: Sequence[bytes] | None = None
) -> bytes:
    """One line a row, each beginning with the cells `first`.

    A cell is a text, number, bool, moment (UTC when it names no zone) or None; lists have to be
    literals (`literal`) by now. `last` is one more cell for each row, of JSON in one line.
    """
    lines = _lines(_encoder.encode_lines(list(rows)))
    head = _lines(_encoder.encode(first) + b"\n")[0][1:-1]
    if last is None:
        return b"".join([b"%b,%b\n" % (head, line[1:-1]) for line in lines])
    pairs = zip(lines, last, strict=True)
    return b"".join([b"%b,%b,\x01%b\x01\n" % (head, line[1:-1], cell) for line, cell in pairs])


def rendered_words(rows: Sequence[Sequence[str]], first: Sequence[str]) -> bytes:
    """`rendered`, for rows that hold nothing but short texts, such as ids."""
    head = "".join(f"{cell}," for cell in first)
    text = "".join([f"{head}{','.join(row)}\n" for row in rows])
    commas = (len(first) + len(rows[0]) - 1) * len(rows) if rows else 0
    is_clean = (
        text.count(",") == commas
        and text.count("\n") == len(rows)
        and not any(mark in text for mark in ("\x01", "\r", "\x00", "null", ",,", ",\n", "\\."))
    )
    return text.encode() if is_clean else rendered(rows, first)


def literal(items: Sequence[str] | None) -> str | None:
    """A list as PostgreSQL's array literal: quotes and backslashes get a backslash of their own."""
    if not items:
        return None if items is None else "{}"
    # Most lists come over and over again: the products of a user, the kinds of a group.
    is_short = len(items[0] if len(items) == 1 else "".join(items)) <= _SHORT
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


def _lines(found: bytes) -> list[bytes]:
    """Lines of JSON with CSV's quotes, and their texts as they are."""
    lines = found.translate(_WITH_QUOTES).split(b"\n")
    if b"\\" in found:
        # Line by line and not before: a text may hold the end of a line.
        lines = [_ESCAPE.sub(_as_it_is, line) if b"\\" in line else line for line in lines]
    return lines[:-1]


def _as_it_is(escape: "re.Match[bytes]") -> bytes:
    code, sign = escape.groups()
    if code is not None:
        # NUL can be stored neither in text nor in json, so it is dropped.
        found = chr(int(code, 16)).encode() if int(code, 16) else b""
        return found.replace(_QUOTE, _QUOTE * 2)
    return b'"' if sign == _QUOTE else _PLAIN.get(sign, sign)
