"""`pilotage migrate`: bring the database up to date."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django

# Any number will do, as long as nothing else in this database locks on it.
_LOCK = 7_203_861_155


def migrate(
    verbosity: Annotated[int, typer.Option(help="0 quiet, 1 normal, 2 more.")] = 1,
) -> None:
    """Bring the database up to date; run it before the first start and after each upgrade."""
    load_django()
    from django.core.management import call_command
    from django.db import connection

    # Two hosts that are upgraded at the same moment take turns.
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [_LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=verbosity)
            call_command("createcachetable", verbosity=verbosity)
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [_LOCK])
