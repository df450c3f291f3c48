"""A PostgreSQL server for this machine, shared by all processes that ask for it."""

from local_postgres.errors import PostgresError
from local_postgres.sharing import ensure_running, is_running, release, stop

__all__ = ["PostgresError", "ensure_running", "is_running", "release", "stop"]
