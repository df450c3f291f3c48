"""What all imported tables have in common."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from pilotage.directory.models.as_it_came import AsItCame


class Present(models.Manager):  # type: ignore[type-arg]
    """What is in the tenant as far as the last import knows; removed objects are left out."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Rows that have not been removed."""
        return super().get_queryset().filter(removed_at=None)


class Imported(models.Model):
    """A row that belongs to one customer and is written by the import alone.

    An object that is gone from the tenant is marked with `removed_at`, and deleted when the
    retention is over; `objects` are those that are there, `with_removed` all. The tables are
    partitioned by a hash of the customer. There is no foreign key in the database: it would cost a
    look-up for each of a page's thousand rows.
    """

    customer = models.ForeignKey(
        "customers.Customer",
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = Present()
    with_removed = models.Manager()

    class Meta:
        abstract = True
        default_manager_name = "objects"


def object_id() -> "models.TextField[str, str]":
    """An id of Microsoft's: opaque text, compared byte by byte."""
    return models.TextField(db_collation="C")


def words() -> "ArrayField[Any, Any]":
    """A list of texts, null when it has no value."""
    return ArrayField(models.TextField(), null=True)


def text() -> "models.TextField[str | None, str | None]":
    """A text as Microsoft gives it, null when it has no value."""
    return models.TextField(null=True)


def as_it_came() -> AsItCame:
    """Properties that are kept by Microsoft's names and are not searched."""
    return AsItCame(null=True)
