"""Making PostgreSQL's data directory."""

import os
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from local_postgres.binaries import run
from local_postgres.errors import PostgresError
from local_postgres.folder import NAME, Folder

NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def prepare(folder: Folder, programs: Path, *, durable: bool) -> None:
    """Make the data directory if there is none; raises PostgresError for one of another version."""
    if not folder.cluster.exists():
        _initialise(folder, programs, durable=durable)
        return
    theirs = (folder.cluster / "PG_VERSION").read_text(encoding="utf-8").strip()
    match = re.search(r"\d+", run([str(programs / "postgres"), "--version"]))
    ours = match.group() if match else "?"
    if theirs != ours:
        raise PostgresError(
            f"The data in {folder.path} was made by PostgreSQL {theirs} and this is PostgreSQL "
            f"{ours}. Move it over with pg_dump, or delete the folder to begin anew."
        )


def server_command(
    folder: Folder, programs: Path, settings: Mapping[str, str], *, durable: bool
) -> list[str]:
    """How to run the server: on a socket in a folder of its own, never on the network."""
    socket_folder = str(folder.socket_folder()).replace('"', '""')
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{socket_folder}"',
        "unix_socket_permissions": "0700",
        # Shared memory in files: containers often give /dev/shm very little.
        "dynamic_shared_memory_type": "mmap",
        "log_timezone": "UTC",
        "timezone": "UTC",
        **({} if durable else NOT_DURABLE),
        **settings,
    }
    command = [str(programs / "postgres"), "-D", str(folder.cluster)]
    for name, value in chosen.items():
        command += ["-c", f"{name}={value}"]
    return command


def _initialise(folder: Folder, programs: Path, *, durable: bool) -> None:
    """Make the data directory under another name: a half-made one is never taken for a whole."""
    new = folder.new_cluster
    shutil.rmtree(new, ignore_errors=True)
    password = secrets.token_urlsafe(24)
    password_file = folder.path / "password.new"
    _write_secret(password_file, password)
    try:
        run(_initdb_command(new, programs, password_file, durable=durable))
    finally:
        password_file.unlink()
    single_user = [str(programs / "postgres"), "--single", "-j", "-D", str(new), "postgres"]
    # The single-user mode ends a command at a semicolon and an empty line.
    run(
        single_user,
        f"create role {NAME} login createdb password '{password}';\n\n"
        f"create database {NAME} owner {NAME};\n\n",
    )
    _write_secret(new / folder.password.name, password)
    new.rename(folder.cluster)


def _initdb_command(new: Path, programs: Path, password_file: Path, *, durable: bool) -> list[str]:
    return [
        str(programs / "initdb"),
        f"--pgdata={new}",
        "--username=postgres",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        # The password is random, so stretching it would only slow down every connection.
        "--set=scram_iterations=1",
        "--no-instructions",
        *([] if durable else ["--no-sync"]),
    ]


def _write_secret(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
