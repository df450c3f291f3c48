"""One run of the program postgres, from its start to its end."""

import ctypes
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from local_postgres.binaries import ENVIRONMENT
from local_postgres.bounded_log import BoundedLog

PR_SET_PDEATHSIG = 1  # linux/prctl.h
POLITE, FIRM = 30.0, 5.0  # seconds for a fast, then for an immediate shutdown
_libc = ctypes.CDLL(None, use_errno=True)


class Server:
    """A running postgres; whoever holds this must call `pump` often, or its log stands still."""

    def __init__(self, command: list[str], cluster: Path, log: BoundedLog) -> None:
        self.lock_file, self.log = cluster / "postmaster.pid", log
        self.last_output = b""
        reading, writing = os.pipe()
        parent = os.getpid()
        # The supervisor has one thread only, so running code between fork and exec is safe.
        self.process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            env=ENVIRONMENT,
            start_new_session=True,
            preexec_fn=lambda: _die_with(parent),  # noqa: PLW1509
        )
        os.close(writing)
        self.output = reading
        self.selector = selectors.DefaultSelector()
        self.selector.register(reading, selectors.EVENT_READ)

    def pump(self, seconds: float) -> bool:
        """Wait for so long at most, log what the server says; False once it has ended."""
        if self.selector.select(seconds):
            piece = os.read(self.output, 65536)
            self.log.write(piece)
            self.last_output = (self.last_output + piece)[-2000:]
        return self.process.poll() is None

    def wait_until_ready(self, seconds: float, is_unwanted: Callable[[], bool]) -> bool:
        """False if it ended, took longer or became unwanted; it is down then."""
        deadline = time.monotonic() + seconds
        while not self._answers():
            if not self.pump(0.01) or is_unwanted() or time.monotonic() > deadline:
                self.end()
                return False
        return True

    def ask_to_end(self) -> None:
        """Begin a fast shutdown; does not wait."""
        self.process.send_signal(signal.SIGINT)

    def end(self) -> None:
        """Fast shutdown; then an immediate one; then none at all."""
        if self.selector.get_map() is None:
            return  # `end` was here before
        steps = ((signal.SIGINT, POLITE), (signal.SIGQUIT, FIRM), (signal.SIGKILL, FIRM))
        for number, seconds in steps:
            self.process.send_signal(number)
            deadline = time.monotonic() + seconds
            while self.pump(0.02) and time.monotonic() < deadline:
                pass
            if self.process.poll() is not None:
                break
        self.selector.close()
        os.close(self.output)

    def last_words(self) -> str:
        """Why it ended, in its own words."""
        lines = self.last_output.decode(errors="replace").strip().splitlines()
        fatal = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line]
        return (fatal or lines or ["it said nothing"])[-1]

    def _answers(self) -> bool:
        """Line 8 of the lock file tells the state of the server (miscadmin.h of PostgreSQL)."""
        try:
            lines = self.lock_file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        is_ours = bool(lines) and lines[0] == str(self.process.pid)
        return is_ours and len(lines) > 7 and lines[7].strip() == "ready"


def _die_with(parent: int) -> None:
    """Ask the kernel for a clean stop when the supervisor dies, however it dies."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    if os.getppid() != parent:  # it died before we could ask
        os._exit(1)
