"""Where everything of one server lives."""

import hashlib
import json
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The role and the database that the returned address names. It is no superuser, so that row
# policies and missing rights show here as they would on a real server.
NAME = "pilotage"
# sun_path has 108 bytes with its closing zero (unix(7)); the socket's own name takes 14 of them.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")


@dataclass(frozen=True)
class Folder:
    """The files of one server, under `path`."""

    path: Path

    @property
    def users(self) -> Path:
        """Locked, shared, by every process that uses the server."""
        return self.path / "users.lock"

    @property
    def supervisor(self) -> Path:
        """Locked by the one process that runs the server; holds that process's id."""
        return self.path / "supervisor.lock"

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory; there only when it is complete."""
        return self.path / "cluster"

    @property
    def new_cluster(self) -> Path:
        """Where the data directory is made; left over after an interrupted start."""
        return self.path / "cluster.new"

    @property
    def password(self) -> Path:
        """Inside the cluster, so that neither is ever there without the other."""
        return self.cluster / "local_postgres.password"

    @property
    def ready(self) -> Path:
        """There while the server answers; JSON with url and supervisor."""
        return self.path / "ready.json"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.path / "server.log"

    def create(self) -> None:
        """Make the folder, closed to everybody else; raises OSError."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def read_ready(self) -> dict[str, Any] | None:
        """What the supervisor wrote down, or None while the server does not answer."""
        try:
            facts: dict[str, Any] = json.loads(self.ready.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return facts

    def write_ready(self, facts: dict[str, Any]) -> None:
        """Say that the server answers; whole or not at all."""
        new = self.ready.with_suffix(".new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(facts, file)
        new.rename(self.ready)

    def socket_folder(self) -> Path:
        """A folder that only its owner can enter and whose path is short enough for a socket."""
        inside = self.path / "socket"
        if len(os.fsencode(inside)) > LONGEST_SOCKET_FOLDER:
            return self._short_socket_folder()
        inside.mkdir(mode=0o700, exist_ok=True)
        return inside

    def _short_socket_folder(self) -> Path:
        """The same folder at each start: who holds an old address can go on using it."""
        noted = self.path / "socket-folder.txt"
        with suppress(FileNotFoundError):
            known = Path(noted.read_text(encoding="utf-8"))
            if _is_private(known):
                return known
        digest = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:8]
        made = Path(tempfile.mkdtemp(prefix=f"postgres-{digest}-"))
        noted.write_text(str(made), encoding="utf-8")
        return made


def _is_private(path: Path) -> bool:
    """In a folder that all share, somebody else could have put something under our name."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    closed = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return closed and found.st_uid == os.geteuid()
