"""All objects of one kind: those of the seed, with the played changes laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from microsoft365_simulator.tenants.home import Home
from microsoft365_simulator.tenants.memberships import coprimes
from microsoft365_simulator.tenants.subject import Kind

Row = dict[str, object]


@dataclass(slots=True)
class Alteration:
    """What was played on one object; `removed` is "", "changed" (restorable) or "deleted"."""

    version: int = 0
    removed: str = ""
    patch: Row = field(default_factory=dict)
    # (version, names) of each update; an empty set of names means the whole object.
    history: list[tuple[int, frozenset[str]]] = field(default_factory=list)


class Collection:
    """The objects of one kind, reached by index, by id or by position in the listing."""

    def __init__(self, kind: Kind, home: Home, base: int) -> None:
        self.kind = kind
        self.base = base
        self.added = 0
        self.altered: dict[int, Alteration] = {}
        # What listings worked out and keep until the version in the key is no longer the last.
        self.counts: dict[tuple[int, str], int] = {}
        self.orders: dict[tuple[int, str], list[int]] = {}
        self._home = home
        self._gone: set[int] = set()
        # The listing's order has nothing to do with names, as in a real directory.
        self._stride = coprimes(base, 1)[0] if base > 2 else 1

    @property
    def total(self) -> int:
        """How many positions the listing has, removed objects included."""
        return self.base + self.added

    def __len__(self) -> int:
        return self.total - len(self._gone)

    def exists(self, index: int) -> bool:
        return 0 <= index < self.total and index not in self._gone

    def index_at(self, position: int) -> int:
        return position * self._stride % self.base if position < self.base else position

    def id_of(self, index: int) -> str:
        return self._home.ids.of(self.kind.code, index)

    def indices(self, start: int, stop: int) -> list[int]:
        """What is there between two positions of the listing."""
        found = (self.index_at(at) for at in range(start, min(stop, self.total)))
        return [index for index in found if index not in self._gone]

    def all_indices(self) -> Iterator[int]:
        return (index for index in range(self.total) if index not in self._gone)

    def existing(self, indices: Iterable[int]) -> list[int]:
        return [index for index in indices if self.exists(index)]

    def rows(self, indices: Sequence[int], names: Iterable[str]) -> list[Row]:
        """The named properties of each object; unknown names raise KeyError."""
        properties = [(name, self.kind.properties[name]) for name in names]
        home, make, code = self._home, self.kind.make, self.kind.code
        parts = zip(
            indices, home.ids.many(code, indices), home.noise.many(code, indices), strict=True
        )
        rows: list[Row] = []
        for index, object_id, noise in parts:
            subject = make(home, index, object_id, noise)
            rows.append({name: value(subject) for name, value in properties})
        return self._patched(indices, rows) if self.altered else rows

    def row(self, index: int, names: Iterable[str]) -> Row:
        return self.rows((index,), names)[0]

    def _patched(self, indices: Sequence[int], rows: list[Row]) -> list[Row]:
        for index, row in zip(indices, rows, strict=True):
            alteration = self.altered.get(index)
            if alteration and alteration.patch:
                row.update((k, v) for k, v in alteration.patch.items() if k in row)
        return rows

    def add(self, version: int, patch: Row | None = None) -> int:
        """One more object; gives its index."""
        index = self.total
        self.added += 1
        self._touched(index, version, frozenset()).patch.update(patch or {})
        return index

    def update(self, index: int, version: int, patch: Row) -> None:
        self._touched(index, version, frozenset(patch)).patch.update(patch)

    def remove(self, index: int, version: int, *, hard: bool = False) -> None:
        self._gone.add(index)
        self._touched(index, version, frozenset()).removed = "deleted" if hard else "changed"

    def restore(self, index: int, version: int) -> None:
        self._gone.discard(index)
        self._touched(index, version, frozenset()).removed = ""

    def _touched(self, index: int, version: int, names: frozenset[str]) -> Alteration:
        alteration = self.altered.setdefault(index, Alteration())
        alteration.version = version
        alteration.history.append((version, names))
        return alteration

    def names_touched(self, index: int, since: int) -> frozenset[str] | None:
        """The properties altered after a version; None when the whole object is new."""
        history = [names for at, names in self.altered[index].history if at > since]
        return None if frozenset() in history else frozenset().union(*history)
