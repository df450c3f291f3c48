"""Real worker processes, for tests that kill them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection

from pilotage.microsoft.settings import MicrosoftSettings

SRC = Path(__file__).resolve().parents[2] / "src"


class Workers:
    """Some `pilotage worker` at work on the test's database."""

    def __init__(self, microsoft: MicrosoftSettings, folder: Path) -> None:
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(SRC),
            "PILOTAGE_DATABASE_URL": database_url(),
            "PILOTAGE_EMAIL_URL": "smtp://localhost:9",
            "PILOTAGE_MICROSOFT_LOGIN_URL": microsoft.login_url,
            "PILOTAGE_GRAPH_URL": microsoft.graph_url,
            "PILOTAGE_MICROSOFT_IMPORT_CLIENT_ID": microsoft.import_client_id,
            "PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET": microsoft.import_client_secret,
            "SSL_CERT_FILE": microsoft.ca_file,
        }
        self._log = folder / "workers.log"
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, *, imports: int = 1) -> "subprocess.Popen[bytes]":
        """One more worker with that many places for imports."""
        command = [sys.executable, "-m", "pilotage", "worker"]
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                [*command, "--imports", str(imports), "--others", "1"],
                env=self._environment, stdout=log, stderr=log,
            )  # fmt: skip
        self._running[process.pid] = process
        return process

    def kill(self, owner: str) -> bool:
        """kill -9 the worker that a lease names ("host:pid"); False if it is none of ours."""
        process = self._running.pop(int(owner.rpartition(":")[2] or 0), None)
        if process is None:
            return False
        process.kill()
        process.wait()
        return True

    def stop(self) -> None:
        """End all that are left."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.wait(15)

    @property
    def log(self) -> str:
        """The end of what they wrote."""
        return self._log.read_text()[-4_000:]


@contextmanager
def working(microsoft: MicrosoftSettings, folder: Path) -> Iterator[Workers]:
    """Workers that are ended with the test."""
    workers = Workers(microsoft, folder)
    try:
        yield workers
    finally:
        workers.stop()


def database_url() -> str:
    """The address of the database that pytest has made."""
    facts = connection.settings_dict
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    query = {name: facts[key] for name, key in named.items() if facts[key]}
    return f"postgresql:///{facts['NAME']}?{urlencode(query | facts['OPTIONS'])}"
