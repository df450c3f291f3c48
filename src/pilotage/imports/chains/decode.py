"""From Graph's objects to rows; an object that cannot be read is left out and reported."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from pilotage.imports.chains.step import BadObject
from pilotage.imports.collectors.collector import Listing, Row
from pilotage.imports.store.copy_text import needs_escaping, rendered
from pilotage.imports.store.write import Rows
from pilotage.microsoft.graph import GraphPage

# The escape of NUL: a backslash that is not itself escaped, then u0000.
_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


class _Identified(msgspec.Struct):
    """All that is asked of an object that cannot be read otherwise."""

    id: str = ""


@dataclass(slots=True)
class Decoded:
    """The objects of a page by id: the last one wins, should one come twice."""

    objects: dict[str, Any] = field(default_factory=dict)
    bad: list[BadObject] = field(default_factory=list)


class Decoder:
    """Decodes the pages of one listing for one customer."""

    def __init__(self, collector: Listing, customer_id: UUID) -> None:
        self._collector = collector
        self._first = (str(customer_id),)
        self._decoder = msgspec.json.Decoder(collector.shape)
        self._to_row = collector.to_row()

    def decoded(self, page: GraphPage) -> Decoded:
        """What the page holds."""
        found = Decoded()
        decode, objects = self._decoder.decode, found.objects
        for raw in objects_of(page):
            try:
                shape = decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                found.bad.append(BadObject(_id_in(raw), str(error)[:500]))
            else:
                objects[shape.id] = shape
        return found

    def rows(self, found: Decoded, page: GraphPage) -> Rows:
        """The rows of the objects."""
        objects = found.objects.values()
        text = rendered(
            map(self._to_row, objects), self._first, has_escapes=needs_escaping(page.body)
        )
        return Rows(self._collector.table, text, len(found.objects))

    def parts(self, found: Decoded, page: GraphPage) -> Rows | None:
        """The rows of the objects' parts, None if this resource has none."""
        part = self._collector.part
        if part is None:
            return None
        rows: list[Row] = [row for shape in found.objects.values() for row in part.rows(shape)]
        text = rendered(rows, self._first, has_escapes=needs_escaping(page.body))
        return Rows(part.table, text, len(rows))


def objects_of(page: GraphPage) -> list[msgspec.Raw]:
    """The page's objects, without NUL characters, which PostgreSQL cannot store."""
    if b"\\u0000" not in page.body:
        return page.value
    return [msgspec.Raw(_NUL.sub(rb"\1", bytes(raw))) for raw in page.value]


def _id_in(raw: msgspec.Raw) -> str:
    try:
        return msgspec.json.decode(raw, type=_Identified).id[:200]
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
