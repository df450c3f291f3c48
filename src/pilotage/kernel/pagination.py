"""Keyset pages: stable under writes, and as fast on page 1,000 as on page 1."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db import DataError
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from pilotage.kernel.errors import Invalid, invalid

M = TypeVar("M", bound=Model)
COUNT_CAP = 1_000


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page of rows; `next` and `previous` are opaque cursors, or empty at the ends."""

    rows: Sequence[M]
    next: str = ""
    previous: str = ""


def paginate(
    rows: QuerySet[M], *, order: str, cursor: str = "", size: int = 50, tie: str = "pk"
) -> Page[M]:
    """The page of `rows` behind `cursor`, ordered by `order` ("name" or "-name") and then by `tie`.

    `order` names a never null field or annotation, `tie` a field that tells the rows apart. The
    comparison is a row value, which PostgreSQL answers from one index range; raises Invalid for a
    cursor that was not made here.
    """
    field, descending = order.lstrip("-"), order.startswith("-")
    backwards, key = _decode(cursor)
    if key is not None:
        rows = _behind(rows, field, tie, key, less=descending != backwards)
    sign = "-" if descending != backwards else ""
    try:
        found = list(rows.order_by(f"{sign}{field}", f"{sign}{tie}")[: size + 1])
    except (ValidationError, ValueError, FieldError, OverflowError, DataError) as error:
        raise _damaged() from error
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    mark: Callable[[M], list[Any]] = lambda row: [getattr(row, field), getattr(row, tie)]  # noqa: E731
    has_next = bool(found) and (more if not backwards else True)
    has_previous = bool(found) and (more if backwards else key is not None)
    return Page(
        rows=found,
        next=_encode(False, mark(found[-1])) if has_next else "",
        previous=_encode(True, mark(found[0])) if has_previous else "",
    )


def capped_count(rows: QuerySet[Any]) -> int:
    """How many rows there are, at most COUNT_CAP: counting big lists is never worth it."""
    return rows.order_by()[:COUNT_CAP].count()


def _behind(rows: QuerySet[M], field: str, tie: str, key: list[Any], *, less: bool) -> QuerySet[M]:
    lookup = TupleLessThan if less else TupleGreaterThan
    return rows.filter(lookup((F(field), F(tie)), tuple(key)))


def _encode(backwards: bool, key: list[Any]) -> str:
    text = json.dumps(["b" if backwards else "f", *[_plain(part) for part in key]])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _decode(cursor: str) -> tuple[bool, list[str] | None]:
    if not cursor:
        return False, None
    try:
        raw = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        direction, *key = json.loads(raw)
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise _damaged() from error
    if direction not in ("b", "f") or len(key) != 2 or not all(map(_is_storable, key)):
        raise _damaged()
    return direction == "b", key


def _damaged() -> Invalid:
    return invalid("cursor", "This page address is damaged. Start from the first page.")


def _is_storable(part: object) -> bool:
    """Whether it is a text that PostgreSQL can compare with: no NUL, no half of a surrogate."""
    return isinstance(part, str) and not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in part)
