"""Fixtures that every area uses."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cast import World, build


@pytest.fixture
def world(db: None) -> World:
    """A small installation in the database."""
    return build()


@dataclass(frozen=True)
class Running:
    """A process that said in its ready file where it can be reached."""

    facts: dict[str, Any]
    process: subprocess.Popen[bytes]

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]


def start_process(module: str, folder: Path, *options: str, timeout: float = 30) -> Running:
    """`python -m module … --ready-file`, waited for until it is ready."""
    ready = folder / "ready.json"
    log = (folder / "log.txt").open("wb")
    command = [sys.executable, "-m", module, *options, "--ready-file", str(ready)]
    src = str(Path(__file__).resolve().parent.parent / "src")
    process = subprocess.Popen(
        command, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": src}
    )
    end = time.monotonic() + timeout
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > end:
            process.kill()
            raise RuntimeError(
                f"{module} did not start: {(folder / 'log.txt').read_text()[-2000:]}"
            )
        time.sleep(0.05)
    return Running(json.loads(ready.read_text()), process)


def stop_process(running: Running) -> None:
    """SIGTERM, and a failure if it does not end by itself."""
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(10)


@pytest.fixture(scope="session")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The Microsoft simulator: facts https_url, browser_url, ca_file, control_url."""
    folder = tmp_path_factory.mktemp("simulator")
    running = start_process(
        "microsoft365_simulator", folder,
        "--port", "0", "--browser-port", "0", "--state-dir", str(folder / "state"),
    )  # fmt: skip
    yield running
    stop_process(running)


@pytest.fixture(scope="session")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A real SMTP server with a page: facts smtp_url, http_url."""
    folder = tmp_path_factory.mktemp("mailbox")
    running = start_process(
        "local_mailbox", folder,
        "--smtp-port", "0", "--http-port", "0", "--state-dir", str(folder / "state"),
    )  # fmt: skip
    yield running
    stop_process(running)
