"""The names of an imported table, taken from its model."""

from dataclasses import dataclass

from django.db.models import Model

CUSTOMER = "customer_id"


@dataclass(frozen=True, slots=True)
class Table:
    """A directory table: `key` without the customer, `columns` likewise, in the order of COPY."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def rest(self) -> tuple[str, ...]:
        """The columns that are no key."""
        return tuple(name for name in self.columns if name not in self.key)


def table_of(model: type[Model]) -> Table:
    """The table of a model of the directory, whose primary key begins with the customer."""
    fields = [f.column for f in model._meta.concrete_fields if f.column and f.column != CUSTOMER]
    key = tuple(f.column for f in model._meta.pk_fields if f.column and f.column != CUSTOMER)
    return Table(model._meta.db_table, key, tuple(fields))
