"""What can go wrong, said in one sentence."""


class PostgresError(Exception):
    """The embedded PostgreSQL cannot be used; the text says why and what to do."""
