"""What all imported tables have in common."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Imported(models.Model):
    """A row that belongs to one customer and is written by the import alone.

    There is no foreign key in the database: it would cost a look-up for each of a page's thousand
    rows. Rows are deleted by customer when a customer's data is purged.
    """

    customer = models.ForeignKey(
        "customers.Customer",
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )

    class Meta:
        abstract = True


def object_id() -> "models.TextField[str, str]":
    """An id of Microsoft's: opaque text, compared byte by byte."""
    return models.TextField(db_collation="C")


def words() -> "ArrayField[Any, Any]":
    """A list of texts, null when it has no value."""
    return ArrayField(models.TextField(), null=True)


def text() -> "models.TextField[str | None, str | None]":
    """A text as Microsoft gives it, null when it has no value."""
    return models.TextField(null=True)
