"""Servers whose supervisor died, and the lock files they leave behind."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from local_postgres.errors import PostgresError

POLITE, LAST = 15.0, 20.0  # seconds until an immediate shutdown is asked for, and until we give up


def wait_until_gone(cluster: Path) -> None:
    """Wait for what is left of an earlier server; its supervisor's death asked it to stop.

    Raises PostgresError for one that does not end.
    """
    began = time.monotonic()
    while left := list(_servers_in(cluster)):
        waited = time.monotonic() - began
        if waited > LAST:
            raise PostgresError(
                f"Another PostgreSQL (process {left[0]}) still uses {cluster}; stop it first."
            )
        for process in left:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGQUIT if waited > POLITE else signal.SIGINT)
        time.sleep(0.05)


def forget_stale_locks(cluster: Path, socket_folder: Path) -> None:
    """Remove the lock files of a server that is gone.

    PostgreSQL would do so itself, unless its number still stands for a process: for another one
    after a restart of a container, for a dead one where nobody buries orphans. The caller holds
    the supervisor's lock and has waited for orphans, so there is no other server.
    """
    for stale in (cluster / "postmaster.pid", *socket_folder.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)


def _servers_in(cluster: Path) -> Iterator[int]:
    """Every process of a server is called postgres and works in its data directory."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(FileNotFoundError, PermissionError, ProcessLookupError):
            is_postgres = entry.joinpath("comm").read_text(encoding="utf-8") == "postgres\n"
            if is_postgres and entry.joinpath("cwd").readlink() == cluster:
                yield int(entry.name)
