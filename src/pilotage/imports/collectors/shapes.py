"""Types of the shapes that objects are decoded into.

A shape names what Pilotage uses; everything else Graph sends is passed over. Limits are far above
Microsoft's own: they keep absurd values from reaching the database, and an object that breaks one
is an error of that object alone.
"""

from datetime import datetime
from typing import Annotated, Any

import msgspec

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
# Fits a database index entry even with four bytes a character.
Name = Annotated[str, msgspec.Meta(max_length=512)]
Text = Annotated[str, msgspec.Meta(max_length=20_000)]
Words = Annotated[list[Text], msgspec.Meta(max_length=2_000)]
Count = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]
Moment = datetime


class Shape(msgspec.Struct, rename="camel"):
    """One object of a resource. Field names are the table's columns, encoded ones Graph's."""

    id: Id


def named(graph_name: str) -> Any:
    """A field that may be absent or null, and that Graph calls by another name than the column."""
    return msgspec.field(name=graph_name, default=None)
