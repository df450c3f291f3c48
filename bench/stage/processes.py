"""Starting and ending the processes of a bench."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN = 60.0
# The simulator's authority is named to everybody; what this machine trusts otherwise is no matter.
_TRUST = {"SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}


class BenchFailed(Exception):
    """Something the bench needs did not work; the message says what, and where its log is."""


def clean_environment(**more: str) -> dict[str, str]:
    """This process's environment without settings of another installation and without proxies."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PILOTAGE_", "DJANGO_"))
        and not name.lower().endswith("_proxy")
        and name not in _TRUST
    }
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return kept | paths | more


@contextmanager
def running(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """A Python module as a process, ended with SIGTERM at the end of the block."""
    with log.open("ab") as file:
        child = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env=dict(environment), cwd=ROOT, stdout=file, stderr=file,
        )  # fmt: skip
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def run(command: Sequence[str], environment: Mapping[str, str], *, within: float = 600) -> str:
    """The standard output of a command that ends by itself; raises BenchFailed."""
    done = subprocess.run(
        command, env=dict(environment), cwd=ROOT, capture_output=True, text=True, timeout=within,
        check=False,
    )  # fmt: skip
    if done.returncode:
        words = f"{done.stdout[-2000:]}{done.stderr[-3000:]}"
        raise BenchFailed(f"{' '.join(command)} failed:\n{words}")
    return done.stdout


def wait_for_file(path: Path, child: "subprocess.Popen[bytes]", log: Path) -> Any:
    """The JSON a process writes once it is ready; raises BenchFailed."""
    deadline = time.monotonic() + READY_WITHIN
    while not path.exists():
        if child.poll() is not None or time.monotonic() > deadline:
            raise BenchFailed(f"{path.stem} did not start; see {log}.")
        time.sleep(0.05)
    return json.loads(path.read_text())
