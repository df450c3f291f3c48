"""What a list of imported objects is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from pilotage.directory.models.imported import Imported

Narrow = Callable[[QuerySet[Any], datetime], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Show:
    """One choice of what a list shows; `narrow` takes the rows and the present moment."""

    label: str
    narrow: Narrow


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Users, groups or devices.

    `names` are the columns a row is sorted by, the first that is not null; `searched` those that
    a search looks into. `shows` are the choices by their value in addresses.
    """

    name: str
    noun: str
    model: type[Imported]
    names: tuple[str, ...]
    searched: tuple[str, ...]
    shows: Mapping[str, Show]
