"""A data directory of its own for each test, with the server stopped afterwards."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import disk_usage, rmtree

import psycopg
import pytest

import local_postgres

SOURCE = Path(local_postgres.__file__).resolve().parent.parent


def _make_folder() -> Path:
    """In memory where there is room, because making a cluster writes a thousand files."""
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and disk_usage(memory).free > 1_000_000_000
    return Path(tempfile.mkdtemp(prefix="local postgres ", dir=memory if has_room else None))


@pytest.fixture
def empty_dir() -> Iterator[Path]:
    """A folder of its own for one test; pytest's own may only be entered by its user."""
    path = _make_folder()
    yield path
    local_postgres.stop(path)
    rmtree(path)


@pytest.fixture(scope="session")
def one_folder() -> Iterator[Path]:
    """One server's folder for most of the tests: each of them leaves it as good as it found it."""
    path = _make_folder()
    yield path
    rmtree(path)


@pytest.fixture
def data_dir(one_folder: Path) -> Iterator[Path]:
    """A folder in which a server may have been before; none runs now."""
    yield one_folder
    local_postgres.stop(one_folder)


def start(path: Path, *, durable: bool = False) -> str:
    """`ensure_running` as the tests use it."""
    return local_postgres.ensure_running(path, durable=durable, linger=0.5)


def ask(url: str, question: str) -> object:
    """The first value of the answer."""
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def keep_something(url: str) -> None:
    """Commit a row that `kept` finds again."""
    with psycopg.connect(url) as connection:
        connection.execute("drop table if exists kept")
        connection.execute("create table kept as select 42 as answer")


def kept(url: str) -> bool:
    """Whether the row is still there."""
    return ask(url, "select answer from kept") == 42


def wait_for(is_so: Callable[[], object], seconds: float = 10) -> None:
    """Return as soon as `is_so`; fail after so many seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def supervisor(path: Path) -> int:
    """Its process id."""
    return int(json.loads((path / "ready.json").read_text())["supervisor"])


def postmaster(path: Path) -> int:
    """Its process id."""
    return int((path / "cluster" / "postmaster.pid").read_text().split()[0])


def kill(*processes: int) -> None:
    """kill -9, and wait until they are gone."""
    for process in processes:
        os.kill(process, signal.SIGKILL)
    wait_for(lambda: not any(is_alive(process) for process in processes))


def is_alive(process: int) -> bool:
    """Whether there is such a process; one that nobody buried does not count."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        # The second when it is gone between opening and reading.
        return False
    return state != "Z"


def another_process(
    path: Path,
    code: str,
    before: tuple[str, ...] = (),
    *,
    python: str = sys.executable,
    packages: Path = SOURCE,
) -> subprocess.Popen[str]:
    """A process that has asked for the server and then runs `code` with `url` and `path`."""
    program = (
        "import sys, time, pathlib; from local_postgres import ensure_running, PostgresError\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "try: url = ensure_running(path, durable=False, linger=0.5)\n"
        "except PostgresError as error: sys.exit(f'refused: {error}')\n"
    )
    return subprocess.Popen(
        [*before, python, "-c", program + code, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(packages), str(SOURCE), *_site_packages()]),
        },
    )


def _site_packages() -> list[str]:
    return [entry for entry in sys.path if entry.endswith("site-packages")]
