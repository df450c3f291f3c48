"""`pilotage demo` as its user runs it: one command, its pages, Ctrl-C, and nothing is left."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import requests

import local_postgres
from tests.demo.test_processes import processes, wait_for
from tests.e2e.stack import free_port

# Made on two cores in well under half of it; a machine that is busy takes longer.
PATIENCE = 180.0


@contextmanager
def running_demo(folder: Path, port: int) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """The demo with a data folder of its own, and the lines that it says."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PILOTAGE_", "DJANGO_"))}
    demo = subprocess.Popen(
        [sys.executable, "-m", "pilotage", "demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**clean, "PYTHONPATH": "src", "PILOTAGE_DATA_DIR": str(folder)},
    )
    lines: list[str] = []
    reader = threading.Thread(target=_listen, args=(demo, lines))
    reader.start()
    try:
        yield demo, lines
    finally:
        # An end of its own has come before; this is for a test that has failed half-way.
        if demo.poll() is None:
            demo.send_signal(signal.SIGINT)
            demo.wait(60)
        reader.join(10)


def _listen(demo: "subprocess.Popen[str]", lines: list[str]) -> None:
    assert demo.stdout
    # Line by line, so that the test sees each as soon as it is said.
    lines += demo.stdout


def alive(folder: Path) -> list[int]:
    """Every process that has the demo's folder in its command line or its environment."""
    found = []
    for process, place in processes():
        with suppress(FileNotFoundError, ProcessLookupError, PermissionError):
            facts = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
            found += [process] if os.fsencode(folder) in facts else []
    return found


def said(lines: list[str], name: str) -> str:
    """The address behind a name in the welcome."""
    found = [re.search(rf"^  {name} +(https?://\S+)$", line) for line in list(lines)]
    return next((match[1] for match in found if match), "")


def page(address: str) -> str:
    """A page that anybody can open; follows redirects."""
    session = requests.Session()
    session.trust_env = False
    answer = session.get(address, timeout=20, verify=False)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.text


def check_history(folder: Path) -> None:
    """What the samples have lived through could have been: runs in order, and none of days."""
    with psycopg.connect(local_postgres.ensure_running(folder)) as connection:
        slow = connection.execute(
            "select number, finished_at - started_at from imports_importrun"
            " where finished_at - started_at > interval '1 hour' or finished_at < started_at"
        ).fetchall()
        swapped = connection.execute(
            "select a.customer_id from imports_importrun a join imports_importrun b"
            " on a.customer_id = b.customer_id and a.number < b.number"
            " where a.created_at > b.created_at"
        ).fetchall()
    assert not slow and not swapped


def test_the_whole_demo(tmp_path: Path) -> None:
    port = free_port()
    with running_demo(tmp_path / "data", port) as (demo, lines):
        wait_for(lambda: said(lines, "Microsoft 365") or demo.poll() is not None, PATIENCE)
        text = "".join(lines)
        assert demo.poll() is None and "Pilotage is ready." in text, text
        steps = [line for line in lines if " … ready (" in line]
        assert len(steps) >= 4, text
        assert said(lines, "Open") == f"http://localhost:{port}"
        sign_in = page(said(lines, "Open"))
        assert "Sign in" in sign_in and "one click" in sign_in.lower()
        assert "<html" in page(said(lines, "Mails"))
        assert "tenant" in page(said(lines, "Microsoft 365")).lower()
        # PostgreSQL and its supervisor, simulator, mailbox, web, worker, and the demo itself.
        assert len(alive(tmp_path)) >= 7
        check_history(tmp_path / "data" / "postgres")
        demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0
    assert lines[-1] == "Stopped. The data are kept; the next start goes on with them.\n"
    assert alive(tmp_path) == []
