"""A database that refuses rows, as one does that is full or about to end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def refusing(table: str, code: str) -> Iterator[None]:
    """Every new row of `table` is refused with the SQLSTATE `code`."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"create function refuse_{table}() returns trigger language plpgsql as"
            f" $$ begin raise exception 'no' using errcode = '{code}'; end $$;"
            f" create trigger refuse before insert on {table}"
            f" for each row execute function refuse_{table}()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"drop function refuse_{table}() cascade")
