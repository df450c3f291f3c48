"""The names of an imported table, taken from its model."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import Model

CUSTOMER = "customer_id"
REST = "rest"
REMOVED = "removed_at"


@dataclass(frozen=True, slots=True)
class Table:
    """A directory table: `key` without the customer, `columns` likewise, in the order of COPY;
    `arrays` are those of them that hold lists.

    `removed_at` is no column in this sense: it is not Microsoft's, and is set by the sweep.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    arrays: frozenset[str] = frozenset()

    @property
    def has_rest(self) -> bool:
        """Whether there is a column for what is kept as it came."""
        return REST in self.columns

    @property
    def others(self) -> tuple[str, ...]:
        """The columns that are no key."""
        return tuple(name for name in self.columns if name not in self.key)


def table_of(model: type[Model]) -> Table:
    """The table of a model of the directory, whose primary key begins with the customer."""
    ours = {CUSTOMER, REMOVED}
    fields = [f for f in model._meta.concrete_fields if f.column and f.column not in ours]
    key = tuple(f.column for f in model._meta.pk_fields if f.column and f.column != CUSTOMER)
    arrays = frozenset(str(f.column) for f in fields if isinstance(f, ArrayField))
    columns = tuple(str(f.column) for f in fields)
    return Table(model._meta.db_table, key, columns, arrays)
