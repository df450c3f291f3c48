"""Which objects a filtered or ordered listing has to look at, and in what order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import overload

from microsoft365_simulator.graph.call import Call
from microsoft365_simulator.graph.errors import bad_request, unsupported_query
from microsoft365_simulator.graph.filter import Filter, parse
from microsoft365_simulator.graph.view import demand_sign_in_activity, no_such_property
from microsoft365_simulator.tenants.collection import Collection
from microsoft365_simulator.tenants.home import Home
from microsoft365_simulator.tenants.person import indices_starting_with
from microsoft365_simulator.tenants.users import USER

_CHUNK = 4000
# A page looks at so many objects at most; then it goes out as it is, with a nextLink.
SCANNED_AT_MOST = 120_000
_SORTABLE = frozenset({"displayName", "userPrincipalName", "createdDateTime", "id", "appId"})


class Candidates:
    """Indices in pieces, addressed as one sequence whose beginning never changes."""

    def __init__(self, pieces: list[Sequence[int]]) -> None:
        self._pieces = pieces
        self.total = sum(len(piece) for piece in pieces)

    def slice(self, start: int, stop: int) -> list[int]:
        found: list[int] = []
        for piece in self._pieces:
            if start < len(piece) and stop > 0:
                found.extend(piece[max(0, start) : max(0, stop)])
            start, stop = start - len(piece), stop - len(piece)
        return found


def wanted_filter(call: Call, collection: Collection) -> Filter | None:
    """The parsed `$filter` or `$search`; raises GraphError where Graph would refuse it."""
    search, text = call.query.get("$search"), call.query.get("$filter")
    if search is not None:
        if not call.is_eventual:
            raise bad_request(
                "Request with $search query parameter only works through MSGraph with a special "
                "request header: 'ConsistencyLevel: eventual'",
                "Request_UnsupportedQuery",
            )
        return _searched(search)
    if text is None:
        return None
    found = parse(text)
    unknown = found.fields - set(collection.kind.properties)
    if unknown:
        raise no_such_property(min(unknown), collection.kind, "Filter")
    is_counted = call.query.get("$count") == "true" or call.segments[-1] == "$count"
    needs_index = found.is_advanced or "$orderby" in call.query
    if needs_index and not (call.is_eventual and is_counted):
        raise unsupported_query()
    if "signInActivity" in found.fields:
        demand_sign_in_activity(call)
        if len(found.fields) > 1:
            raise unsupported_query("signInActivity cannot be combined with other filters.")
    return found


def _searched(text: str) -> Filter:
    name, separator, word = text.strip().strip('"').partition(":")
    if not separator or not word:
        raise bad_request('Search text must look like "displayName:text".')
    folded = word.casefold()
    return Filter(lambda row: folded in str(row.get(name) or "").casefold(), fields={name})


def candidates(call: Call, collection: Collection, wanted: Filter | None) -> Candidates:
    """What has to be looked at for a listing; raises GraphError for an order there is not."""
    order = call.query.get("$orderby")
    if order is not None:
        return Candidates([_ordered(collection, order, call.directory.version)])
    if wanted is not None and wanted.ids is not None:
        found = (call.directory.home.ids.find(object_id) for object_id in wanted.ids)
        code = collection.kind.code
        return Candidates([list(dict.fromkeys(m[1] for m in found if m and m[0] == code))])
    if wanted is not None and wanted.upn_prefixes is not None and collection.kind is USER:
        ranges = _ranges(call.directory.home, wanted.upn_prefixes)
        renamed = [
            index
            for index, alteration in collection.altered.items()
            if "userPrincipalName" in alteration.patch
            and index < collection.base
            and not any(index in piece for piece in ranges)
        ]
        return Candidates([*ranges, range(collection.base, collection.total), renamed])
    return Candidates([_Listing(collection)])


def _ranges(home: Home, prefixes: list[str]) -> list[range]:
    """Where users with one of the prefixes can be; ranges that touch become one."""
    found = (piece for prefix in prefixes for piece in indices_starting_with(home, prefix))
    merged: list[range] = []
    for piece in sorted(found, key=lambda piece: piece.start):
        if merged and piece.start <= merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, piece.stop))
        else:
            merged.append(piece)
    return merged


class _Listing(Sequence[int]):
    """All positions of a listing as indices, made when asked for."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    def __len__(self) -> int:
        return self._collection.total

    @overload
    def __getitem__(self, at: int) -> int: ...

    @overload
    def __getitem__(self, at: slice) -> list[int]: ...

    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [self._collection.index_at(p) for p in range(*at.indices(len(self)))]
        return self._collection.index_at(at)


def _ordered(collection: Collection, order: str, version: int) -> list[int]:
    name, _, direction = order.strip().partition(" ")
    if name not in _SORTABLE or name not in collection.kind.properties:
        raise unsupported_query("Sort not supported for the current query.")
    key = (version, f"order {order}")
    if key not in collection.orders:
        indices = list(collection.all_indices())
        pieces = (indices[at : at + _CHUNK] for at in range(0, len(indices), _CHUNK))
        rows = chain.from_iterable(collection.rows(piece, (name,)) for piece in pieces)
        values = [str(row[name] or "").casefold() for row in rows]
        ranked = sorted(range(len(indices)), key=values.__getitem__)
        chosen = ranked[::-1] if direction.strip().lower() == "desc" else ranked
        collection.orders = {key: [indices[at] for at in chosen]}
    return collection.orders[key]


def matching(
    collection: Collection, found: Candidates, wanted: Filter | None, start: int, size: int
) -> tuple[list[int], int]:
    """Up to `size` matches from candidate `start` on, and the candidate to go on from."""
    if wanted is None:
        stop = min(start + size, found.total)
        return collection.existing(found.slice(start, stop)), stop
    matches: list[int] = []
    at, limit = start, min(found.total, start + SCANNED_AT_MOST)
    while at < limit and len(matches) < size:
        chunk = found.slice(at, min(at + _CHUNK, limit))
        existing = collection.existing(chunk)
        rows = zip(existing, collection.rows(existing, wanted.fields), strict=True)
        hits = [index for index, row in rows if wanted.test(row)]
        room = size - len(matches)
        if len(hits) > room:
            last = chunk.index(hits[room - 1])
            return matches + hits[:room], at + last + 1
        matches += hits
        at += len(chunk)
    return matches, at


def counted(
    collection: Collection, found: Candidates, wanted: Filter | None, key: tuple[int, str]
) -> int:
    """How many objects match; kept until the directory changes."""
    if wanted is None:
        return len(collection)
    if key not in collection.counts:
        total = 0
        for at in range(0, found.total, _CHUNK):
            existing = collection.existing(found.slice(at, at + _CHUNK))
            total += sum(map(wanted.test, collection.rows(existing, wanted.fields)))
        if len(collection.counts) > 500:
            collection.counts.clear()
        collection.counts[key] = total
    return collection.counts[key]
