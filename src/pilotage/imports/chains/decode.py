"""From Graph's objects to rows; an object that cannot be read is left out and reported.

A page is decoded as a whole. Only when that fails is it taken apart, object by object, to find out
which of them is the cause.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import UUID

import msgspec

from pilotage.imports.chains.step import BadObject
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.store.copy_csv import rendered
from pilotage.imports.store.write import Rows
from pilotage.microsoft.graph import GraphPage
from pilotage.microsoft.graph.whole_characters import with_whole_characters

# One page at a time is decoded and rendered: many at once would only wait for each other, holding
# their memory.
DECODING = Lock()
# The escape of NUL: a backslash that is not itself escaped, then u0000.
_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
# The last: something is nested hundreds of times over.
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
# Looked for one by one: that is many times as fast as a search for any of them.
_SPACES = (b"\n", b"\t", b"\r")


class _Identified(msgspec.Struct):
    """All that is asked of an object that cannot be read otherwise."""

    id: str = ""


@dataclass(slots=True)
class Decoded:
    """The objects of a page, each id once, and `rest`, their other properties as cells of JSON.

    `partial` is as in `Rows`.
    """

    objects: list[Any]
    rest: list[bytes]
    bad: list[BadObject] = field(default_factory=list)
    partial: dict[frozenset[str], list[str]] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """Of the objects that could be read, and of those that at least told their id."""
        known = [bad.object_id for bad in self.bad if bad.object_id]
        return [*(shape.id for shape in self.objects), *known]


class Decoder:
    """Decodes the pages of one listing for one customer."""

    def __init__(self, collector: Listing, customer_id: UUID) -> None:
        self._collector = collector
        self._first = (str(customer_id),)
        self._to_row = collector.to_row()
        self._rest_shape = _rest_of(collector)
        self._page = _list_of(collector.shape)
        self._rest_page = _list_of(self._rest_shape)
        self._one = msgspec.json.Decoder(collector.shape)
        self._rest_one = msgspec.json.Decoder(self._rest_shape)
        self._encoder = msgspec.json.Encoder()

    def decoded(self, page: GraphPage) -> Decoded:
        """What the page holds."""
        body = storable(page.body)
        try:
            objects = self._page.decode(body).value
            rest = self._rest(self._rest_page.decode(body).value, body)
            found = Decoded(objects, rest)
        except _UNREADABLE:
            found = self._taken_apart(page)
        return _without_doubles(found)

    def changed(self, found: list[dict[str, msgspec.Raw]]) -> Decoded:
        """Objects given as their properties by Graph's names, all of them or only some."""
        decoded = Decoded([], [])
        partial: dict[str, frozenset[str] | None] = {}
        for properties in found:
            body = storable(self._encoder.encode(properties))
            try:
                shape, rest = self._one.decode(body), self._rest_one.decode(body)
            except _UNREADABLE as error:
                decoded.bad.append(BadObject(_id_in(msgspec.Raw(body)), str(error)[:500]))
                continue
            decoded.objects.append(shape)
            decoded.rest += self._rest([rest], body)
            partial[shape.id] = self._collector.columns_given(properties)
        decoded.partial = _grouped(partial)
        return decoded

    def rows(self, found: Decoded) -> Rows:
        """The rows of the objects."""
        text = rendered(
            map(self._to_row, found.objects),
            self._first,
            last=found.rest if self._collector.table.has_rest else None,
        )
        return Rows(self._collector.table, text, len(found.objects), found.partial)

    def _rest(self, shapes: list[Any], body: bytes) -> list[bytes]:
        if not self._collector.rest:
            return [b"{}"] * len(shapes)
        if any(space in body for space in _SPACES):
            return [_without_space(self._encoder.encode(shape)) for shape in shapes]
        return self._encoder.encode_lines(shapes).split(b"\n")[: len(shapes)]

    def _taken_apart(self, page: GraphPage) -> Decoded:
        found = Decoded([], [])
        for raw in objects_of(page):
            try:
                shape, rest = self._one.decode(raw), self._rest_one.decode(raw)
            except _UNREADABLE as error:
                found.bad.append(BadObject(_id_in(raw), str(error)[:500]))
            else:
                found.objects.append(shape)
                found.rest += self._rest([rest], bytes(raw))
        return found


def joined(found: list[Decoded]) -> Decoded:
    """What several pages hold, as if it had come on one."""
    whole = Decoded([], [])
    for decoded in found:
        whole.objects += decoded.objects
        whole.rest += decoded.rest
        whole.bad += decoded.bad
    return _without_doubles(whole)


def objects_of(page: GraphPage) -> list[msgspec.Raw]:
    """The page's objects, without what PostgreSQL cannot store."""
    if not _has_escape(page.body):
        return page.value
    return [msgspec.Raw(storable(bytes(raw))) for raw in page.value]


def storable(body: bytes) -> bytes:
    """JSON without NUL characters and halves of characters, which PostgreSQL cannot store."""
    if not _has_escape(body):
        return body
    if b"\\u0000" in body:
        body = _NUL.sub(rb"\1", body)
    return with_whole_characters(body) if _HALF.search(body) else body


def _has_escape(body: bytes) -> bool:
    """Whether there is a \\u in it. A search for one character is many times as fast as for two."""
    at = body.find(b"\\")
    while at >= 0:
        if body[at + 1 : at + 2] == b"u":
            return True
        at = body.find(b"\\", at + 1)
    return False


def _without_space(cell: bytes) -> bytes:
    """JSON in one line: control characters are only ever space between its parts."""
    for space in _SPACES:
        cell = cell.replace(space, b" ")
    return cell


def _rest_of(collector: Listing) -> type[msgspec.Struct]:
    """A shape of what is kept as it comes; what a page leaves out is left out here too."""
    raw = msgspec.Raw()
    fields = [(f"p{at}", msgspec.Raw, raw) for at in range(len(collector.rest))]
    names = {f"p{at}": name for at, name in enumerate(collector.rest)}
    return msgspec.defstruct("Rest", fields, rename=names, omit_defaults=True, gc=False)


def _list_of(shape: type[msgspec.Struct]) -> "msgspec.json.Decoder[Any]":
    page = msgspec.defstruct("Page", [("value", list[shape], msgspec.field(default_factory=list))])  # type: ignore[valid-type]
    return msgspec.json.Decoder(page)


def _without_doubles(found: Decoded) -> Decoded:
    """Of an object that comes twice on a page the last one is kept."""
    last = {shape.id: at for at, shape in enumerate(found.objects)}
    if len(last) < len(found.objects):
        found.rest = _picked(found.rest, last.values())
        found.objects = _picked(found.objects, last.values())
    return found


def _grouped(columns: dict[str, frozenset[str] | None]) -> dict[frozenset[str], list[str]]:
    """The ids by the columns that were named, without those that named all."""
    groups: dict[frozenset[str], list[str]] = {}
    for object_id, names in columns.items():
        if names is not None:
            groups.setdefault(names, []).append(object_id)
    return groups


def _picked(items: Sequence[Any], places: Any) -> list[Any]:
    return [items[at] for at in places]


def _id_in(raw: msgspec.Raw) -> str:
    try:
        return msgspec.json.decode(raw, type=_Identified).id[:200]
    except _UNREADABLE:
        return ""
