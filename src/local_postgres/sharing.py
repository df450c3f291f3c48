"""What a process calls: start the server or join it, and stop it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from local_postgres import locks
from local_postgres.binaries import ENVIRONMENT, find_programs
from local_postgres.errors import PostgresError
from local_postgres.folder import Folder

# A server that recovers after a power cut may take this long; nothing else should.
PATIENCE = 120.0
_held: dict[Path, int] = {}


def ensure_running(
    data_dir: Path,
    *,
    settings: Mapping[str, str] | None = None,
    durable: bool = True,
    linger: float = 3.0,
) -> str:
    """The address (postgresql://…) of the server of `data_dir`, which answers on return.

    The server runs as long as a process that called this is alive, and `linger` seconds more.
    Cheap while the server runs, so it may be called before each connection. `settings` (for
    postgresql.conf) and `durable` (False: a power cut may cost the data) count for whoever
    starts it. Raises PostgresError.
    """
    folder = Folder(Path(data_dir).absolute())
    deadline = time.monotonic() + PATIENCE
    try:
        folder.create()
        _join(folder, deadline)
        while time.monotonic() < deadline:
            _start_if_nobody_does(folder, settings or {}, durable=durable, linger=linger)
            facts = folder.read_ready()
            if facts:
                return str(facts["url"])
            time.sleep(0.02)
    except PermissionError as error:
        raise PostgresError(
            f"You may not use {error.filename}: another user began with it. Run as that user, or "
            "choose another folder."
        ) from error
    except OSError as error:
        raise PostgresError(f"{folder.path} cannot be used: {error.strerror}.") from error
    raise PostgresError(f"PostgreSQL did not start in {PATIENCE:.0f} s; see {folder.log}.")


def is_running(data_dir: Path) -> bool:
    """Whether somebody has started the server of `data_dir`; starts and makes nothing."""
    folder = Folder(Path(data_dir).absolute())
    if not folder.supervisor.exists():
        return False
    lock = locks.open_lock(folder.supervisor)
    try:
        return not locks.try_exclusive(lock)
    finally:
        os.close(lock)


def release(data_dir: Path) -> None:
    """Stop counting as a user of the server; the end of the process does the same."""
    descriptor = _held.pop(Path(data_dir).absolute(), None)
    if descriptor is not None:
        os.close(descriptor)


def stop(data_dir: Path) -> None:
    """Stop the server, whoever uses it, and wait until it is gone; raises PostgresError."""
    folder = Folder(Path(data_dir).absolute())
    release(folder.path)
    if not folder.supervisor.exists():
        return
    lock = locks.open_lock(folder.supervisor)
    try:
        deadline = time.monotonic() + PATIENCE
        while not locks.try_exclusive(lock):
            # Asked again each time: while it starts it has not yet written down who it is.
            _ask_to_stop(folder)
            if time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL does not stop; see {folder.log}.")
            time.sleep(0.05)
    finally:
        os.close(lock)


def _ask_to_stop(folder: Folder) -> None:
    noted = folder.supervisor.read_text(encoding="ascii").strip()
    with suppress(ProcessLookupError):
        if noted:
            os.kill(int(noted), signal.SIGTERM)


def _join(folder: Folder, deadline: float) -> None:
    held = _held.get(folder.path)
    if held is not None and locks.is_same_file(held, folder.users):
        return
    release(folder.path)
    descriptor = locks.open_lock(folder.users)
    # Only a supervisor on its way out holds it alone for longer than a moment.
    if not locks.take_shared(descriptor, deadline):
        os.close(descriptor)
        raise PostgresError(f"The PostgreSQL of {folder.path} does not end; see {folder.log}.")
    _held[folder.path] = descriptor


def _start_if_nobody_does(
    folder: Folder, settings: Mapping[str, str], *, durable: bool, linger: float
) -> None:
    """Whoever gets the supervisor's lock starts it and hands the lock over to it."""
    lock = locks.open_lock(folder.supervisor)
    try:
        if locks.try_exclusive(lock):
            folder.ready.unlink(missing_ok=True)
            _start(folder, lock, settings, durable=durable, linger=linger)
    finally:
        os.close(lock)


def _start(
    folder: Folder, lock: int, settings: Mapping[str, str], *, durable: bool, linger: float
) -> None:
    command = [sys.executable, "-m", "local_postgres", str(folder.path)]
    command += ["--lock", str(lock), "--programs", str(find_programs()), "--linger", str(linger)]
    command += [] if durable else ["--not-durable"]
    for name, value in settings.items():
        command += ["--set", f"{name}={value}"]
    source = str(Path(__file__).resolve().parent.parent)
    done = subprocess.run(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=[lock],
        # The supervisor outlives its caller and needs none of the secrets around it.
        env={**ENVIRONMENT, "PYTHONPATH": source, "TMPDIR": tempfile.gettempdir()},
        check=False,
        text=True,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise PostgresError(lines[-1] if lines else "PostgreSQL did not start.")
