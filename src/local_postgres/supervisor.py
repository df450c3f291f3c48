"""The process that runs the server: begins it, restarts it, ends it after its last user."""

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from local_postgres import locks, orphans
from local_postgres.bounded_log import BoundedLog
from local_postgres.cluster import prepare, server_command
from local_postgres.errors import PostgresError
from local_postgres.folder import NAME, Folder
from local_postgres.identity import step_down
from local_postgres.server import Server

STARTING = 100.0  # seconds; only the recovery after a power cut takes more than a moment
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0
LOOK = 0.5  # seconds between two looks at who uses the server


@dataclass(frozen=True)
class Wanted:
    """How the server is to run; `linger` in seconds."""

    programs: Path
    settings: Mapping[str, str]
    durable: bool
    linger: float


class Supervisor:
    """Runs the server of `folder`; `lock` is the taken lock that makes it the only one."""

    def __init__(self, folder: Folder, wanted: Wanted, lock: int) -> None:
        """Prepare everything up to the server itself; raises PostgresError."""
        self.folder, self.wanted, self.lock = folder, wanted, lock
        self.is_stopping = False
        self.server: Server | None = None
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        signal.signal(signal.SIGTERM, self._on_term)
        # Before stepping down: from inside a namespace those of an earlier one cannot be seen.
        orphans.wait_until_gone(folder.cluster)
        step_down(folder, wanted.programs)
        self.users = locks.open_lock(folder.users)
        self.log = BoundedLog(folder.log)
        prepare(folder, wanted.programs, durable=wanted.durable)
        self.command = server_command(
            folder, wanted.programs, wanted.settings, durable=wanted.durable
        )

    def start(self) -> Server:
        """Bring the server up; raises PostgresError."""
        orphans.forget_stale_locks(self.folder.cluster, self.folder.socket_folder())
        self.server = server = Server(self.command, self.folder.cluster, self.log)
        if not server.wait_until_ready(STARTING, lambda: self.is_stopping):
            reason = server.last_words()
            raise PostgresError(f"PostgreSQL did not start: {reason} See {self.folder.log}.")
        self.folder.write_ready({"url": self._url(), "supervisor": os.getpid()})
        return server

    def run(self, server: Server) -> None:
        """Watch over the server until nobody uses it any more, then stop it."""
        used_at = time.monotonic()
        while not self.is_stopping:
            if not server.pump(LOOK):
                server = self._restart() or server
            elif self._is_used():
                used_at = time.monotonic()
            elif time.monotonic() - used_at > self.wanted.linger:
                # Taken and kept: who comes now waits until the server is down, then starts anew.
                self.is_stopping = locks.try_exclusive(self.users)
            self._stop_if_deleted()
        self.folder.ready.unlink(missing_ok=True)
        server.end()

    def _restart(self) -> Server | None:
        """It died under its users: bring it back, with growing pauses if it does not stay up."""
        self.folder.ready.unlink(missing_ok=True)
        pause = FIRST_PAUSE
        while not self.is_stopping:
            time.sleep(pause)
            orphans.wait_until_gone(self.folder.cluster)
            try:
                return self.start()
            except PostgresError as error:
                self.log.write(f"{error}\n".encode())
            pause = min(pause * 2, LONGEST_PAUSE)
            self._stop_if_deleted()
        return None

    def _is_used(self) -> bool:
        if locks.try_exclusive(self.users):
            locks.let_go(self.users)
            return False
        return True

    def _stop_if_deleted(self) -> None:
        if not locks.is_same_file(self.lock, self.folder.supervisor):
            self.is_stopping = True

    def _on_term(self, _: int, __: FrameType | None) -> None:
        self.is_stopping = True
        if self.server:
            self.server.ask_to_end()  # what it says to that ends the wait in `pump`

    def _url(self) -> str:
        password = self.folder.password.read_text(encoding="utf-8")
        where = quote(str(self.folder.socket_folder()), safe="")
        return f"postgresql://{NAME}:{quote(password)}@/{NAME}?host={where}"
