"""Does the database answer, is it up to date, and what time is it there?"""

from collections.abc import Iterator

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from local_postgres import is_running
from pilotage.kernel import clock
from pilotage.kernel.finding import Finding, ok, problem

OLDEST = 15_00_00
LARGEST_CLOCK_DIFFERENCE = 5.0


def check_database() -> Iterator[Finding]:
    """Connection, version, migrations, clock; an embedded server is used, but never started."""
    if "PILOTAGE_DATABASE_URL" not in settings.SETTINGS_GIVEN:
        folder = settings.DATA_DIR / "postgres"
        running = is_running(folder)
        yield problem(
            "database",
            f"not configured: {'an' if running else 'web and worker would start an'} embedded "
            f"PostgreSQL in {folder}{' is used' if running else ''}, which is meant for the demo",
            "Set PILOTAGE_DATABASE_URL to a PostgreSQL server, 15 or newer.",
        )
        if not running:
            return
    try:
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp(), current_setting('server_version_num')::int")
            there, version = cursor.fetchone()
    except OperationalError as error:
        reason = str(error).strip().partition("\n")[0]
        remedy = "Start PostgreSQL, or correct PILOTAGE_DATABASE_URL."
        yield problem("database", f"cannot be reached: {reason}", remedy)
        return
    if version < OLDEST:
        yield problem("database", f"version {version // 10_000}", "Use PostgreSQL 15 or newer.")
    else:
        yield ok("database", f"PostgreSQL {version // 10_000} answers")
    yield _migrations()
    yield _clock(abs((there - clock.now()).total_seconds()))


def is_migrated() -> bool:
    """Whether every migration has been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _migrations() -> Finding:
    if is_migrated():
        return ok("migrations", "all applied")
    return problem("migrations", "the database is not up to date", "Run `pilotage migrate`.")


def _clock(difference: float) -> Finding:
    text = f"{difference:.1f} s apart from the database's"
    if difference <= LARGEST_CLOCK_DIFFERENCE:
        return ok("clock", text)
    return problem("clock", text, "Synchronize the clocks of both machines (NTP).")
