"""Finding the rows that PostgreSQL refuses: text of another encoding, a number beyond all bounds.

What is kept as it came is not looked into when a page is decoded, so that only the database finds
out. It is asked for halves of the page, then halves of these, inside a transaction of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import psycopg
from django import db
from django.db import transaction

from pilotage.imports.store.write import Rows, write_rows
from pilotage.imports.store.writing import Writing

# PostgreSQL's own errors come through COPY as they are, and through Django otherwise.
REFUSED = (psycopg.DataError, db.DataError)
_CELL = rb"(?:\x01[^\x01]*\x01|[^\x01,\n])*"
# A line ends where no cell is open.
_CELLS = re.compile(rb"(" + _CELL + rb")[,\n]")
_LINE = re.compile(rb"(?:" + _CELL + rb",)*" + _CELL + rb"\n")


@transaction.atomic
def sifted(rows: Rows, writing: Writing) -> tuple[Rows, dict[str, str]]:
    """The rows that can be stored, and the others' first keys with what PostgreSQL says of each.

    Stores nothing.
    """
    lines = [(_key_in(line, rows), line) for line in _LINE.findall(rows.text)]
    refused: dict[str, str] = {}

    def look(some: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
        said = _said(_of(rows, some), writing) if some else ""
        if not said:
            return list(some)
        if len(some) == 1:
            refused[some[0][0]] = said
            return []
        middle = len(some) // 2
        return look(some[:middle]) + look(some[middle:])

    return _of(rows, look(lines)), refused


def _key_in(line: bytes, rows: Rows) -> str:
    """The first part of a row's key; before the table's own columns comes the customer."""
    place = 1 + rows.table.columns.index(rows.table.key[0])
    found: bytes = _CELLS.findall(line)[place]
    if found.startswith(b"\x01"):
        found = found[1:-1].replace(b"\x01\x01", b"\x01")
    return found.decode(errors="replace")


def _of(rows: Rows, some: Sequence[tuple[str, bytes]]) -> Rows:
    keys = {key for key, _ in some}
    partial = {names: [one for one in ids if one in keys] for names, ids in rows.partial.items()}
    return replace(
        rows,
        text=b"".join([line for _, line in some]),
        count=len(some),
        partial={names: ids for names, ids in partial.items() if ids},
    )


def _said(rows: Rows, writing: Writing) -> str:
    try:
        with transaction.atomic():
            write_rows(rows, writing)
            transaction.set_rollback(True)
    except REFUSED as error:
        # The first line only: what comes behind it quotes the row.
        return str(error).partition("\n")[0][:300]
    return ""
