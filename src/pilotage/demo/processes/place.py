"""Where the demo keeps its things, and that only one demo does so."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import local_postgres
from pilotage.demo.processes.errors import DemoRunning


@dataclass(frozen=True)
class Place:
    """The folders and files of one demo, under `path`."""

    path: Path

    @property
    def postgres(self) -> Path:
        """Also where every other command looks that is given no PILOTAGE_DATABASE_URL."""
        return self.path / "postgres"

    @property
    def simulator(self) -> Path:
        """The Microsoft simulator's state."""
        return self.path / "simulator"

    @property
    def mailbox(self) -> Path:
        """The received mails."""
        return self.path / "mailbox"

    @property
    def secrets(self) -> Path:
        """Keys made for this demo, closed to others."""
        return self.path / "secrets"

    @property
    def logs(self) -> Path:
        """One log per process."""
        return self.path / "logs"

    @property
    def settings(self) -> Path:
        """The demo's settings as shell lines, for commands in another terminal."""
        return self.path / "demo.env"

    @property
    def unfinished(self) -> Path:
        """There while the sample data are made; left over when that was interrupted."""
        return self.path / "sample-data.unfinished"

    @property
    def ports(self) -> Path:
        """The ports of the last start: addresses in mails and cursors go on working."""
        return self.path / "ports.json"

    def create(self) -> None:
        """Make the folders."""
        for folder in (self.path, self.simulator, self.mailbox, self.logs, self.secrets):
            folder.mkdir(parents=True, exist_ok=True)
        self.secrets.chmod(0o700)

    def reset(self) -> None:
        """Delete the demo's data; what else is in the folder (set-up, tests) stays."""
        local_postgres.stop(self.postgres)
        for folder in (self.postgres, self.simulator, self.mailbox, self.secrets, self.logs):
            shutil.rmtree(folder, ignore_errors=True)
        for file in (self.settings, self.ports, self.unfinished):
            file.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the demo's lock, which ends with this process; raises DemoRunning."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "demo.lock").open("a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                raise DemoRunning(
                    f"The demo runs already with the data in {self.path} (process "
                    f"{lock.read().strip() or 'unknown'}). Stop that one with Ctrl-C, or set "
                    "PILOTAGE_DATA_DIR to another folder for this one."
                ) from error
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield
            lock.truncate(0)


def find_place() -> Place:
    """PILOTAGE_DATA_DIR, else var/ of the checkout this runs from, else var/ right here."""
    given = os.environ.get("PILOTAGE_DATA_DIR", "").strip()
    if given:
        return Place(Path(given).absolute())
    checkout = Path(__file__).resolve().parents[4]
    is_checkout = (checkout / "pyproject.toml").is_file()
    return Place((checkout if is_checkout else Path.cwd()) / "var")
