"""A column for what is kept as Microsoft sent it."""

import json
from typing import Any

from django.db import models


class AsItCame(models.Field):  # type: ignore[type-arg]  # no generic at run time
    """A dict of properties by Microsoft's names, as PostgreSQL's `json`.

    Not `jsonb`: that costs a quarter of writing a page, and nothing is searched for in here.
    """

    def db_type(self, connection: Any) -> str:
        """The column's type."""
        return "json"

    def get_prep_value(self, value: Any) -> str | None:
        """As text, which PostgreSQL reads."""
        return None if value is None else json.dumps(value, ensure_ascii=False)
