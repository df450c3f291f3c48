"""One object of a directory while its properties are being worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from microsoft365_simulator.tenants.home import Home

Property = Callable[[Any], object]


class Subject:
    """An object known by kind and index; `noise` is sixteen bytes that decide its values."""

    __slots__ = ("home", "id", "index", "noise")

    def __init__(self, home: Home, index: int, object_id: str, noise: bytes) -> None:
        self.home = home
        self.index = index
        self.id = object_id
        self.noise = noise


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A sort of directory object: its names on the wire and how each property is found."""

    code: int
    path: str
    type_name: str
    properties: Mapping[str, Property]
    default_select: tuple[str, ...]
    make: Callable[[Home, int, str, bytes], Subject] = Subject
    # Real, but not answered on a list of objects: Graph says 501 to these.
    absent_on_lists: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()

    @property
    def odata_type(self) -> str:
        return f"#{self.type_name}"
