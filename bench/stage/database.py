"""The PostgreSQL of a bench: stock settings, one server, a database of its own for every run."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench.stage.cpu import tree_seconds
from local_postgres import ensure_running


class Server:
    """The embedded server. Kept from bench to bench; its databases are not."""

    def __init__(self, folder: Path) -> None:
        self._url = ensure_running(folder)
        pid_file = next(folder.rglob("postmaster.pid"))
        self._postmaster = int(pid_file.read_text().split()[0])

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The address of a new database, a copy of `template`; dropped at the end."""
        name = f"bench_{secrets.token_hex(4)}"
        self.make(name, template)
        try:
            yield self.address_of(name)
        finally:
            self._drop(name)

    def make(self, name: str, template: str = "template1") -> str:
        """A database to keep; its address."""
        self._drop(name)
        self._run("create database {} template {}", name, template)
        return self.address_of(name)

    def address_of(self, name: str) -> str:
        """The address of a database by name."""
        return urlunsplit(urlsplit(self._url)._replace(path=f"/{name}"))

    def cpu_seconds(self) -> float:
        """What the whole server has used so far, ended backends included."""
        return tree_seconds(self._postmaster)

    def facts(self) -> dict[str, str]:
        """Version and the settings that decide how fast it can be."""
        names = ("server_version", "fsync", "synchronous_commit", "full_page_writes",
                 "shared_buffers", "max_wal_size", "wal_level")  # fmt: skip
        with psycopg.connect(self._url) as connection:
            return {name: asked(connection, f"show {name}")[0] for name in names}

    def _drop(self, name: str) -> None:
        """Wait for its last users; forcing them needs more rights when autovacuum is one."""
        deadline = time.monotonic() + 30
        while True:
            try:
                self._run("drop database if exists {}", name)
                return
            except psycopg.errors.ObjectInUse:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


Row = tuple[Any, ...]


def asked(connection: "psycopg.Connection[Any]", statement: str, *values: object) -> Row:
    """The first row of a query's answer; raises LookupError when there is none."""
    row = connection.execute(statement.encode(), values).fetchone()
    if row is None:
        raise LookupError(statement)
    found: Row = row
    return found


def tables_of(connection: "psycopg.Connection[Any]", *names: str) -> list[str]:
    """Those of the names that are tables here."""
    return [name for name in names if asked(connection, "select to_regclass(%s)", name)[0]]
