"""One process of the demo: started, watched, restarted, ended."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from pilotage.demo.processes.errors import DemoFailed

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LARGEST_LOG = 5_000_000  # bytes
FIRST_PAUSE, LONGEST_PAUSE, STEADY = 0.5, 15.0, 30.0  # seconds
_libc = ctypes.CDLL(None)


class Child:
    """A command with a log of its own; it does not outlive this process."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], logs: Path
    ) -> None:
        self.name, self.command, self.environment = name, list(command), dict(environment)
        self.log = logs / f"{name.lower().replace(' ', '-')}.log"
        if self.log.exists():
            self.log.replace(self.older_log)
        self.pause, self.due = FIRST_PAUSE, 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin; in a session of its own, so that Ctrl-C comes to this process alone."""
        self.started = time.monotonic()
        parent = os.getpid()
        # A Ctrl-C in the midst of this must not lose sight of a process that has just begun.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            with self.log.open("ab") as log:
                # There are no threads here, so running code between fork and exec is safe.
                self.process = subprocess.Popen(  # noqa: S603
                    self.command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=self.environment,
                    start_new_session=True,
                    preexec_fn=lambda: _begin(parent, before),  # noqa: PLW1509
                )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    @property
    def older_log(self) -> Path:
        """What became of the log before this one."""
        return self.log.with_suffix(".1.log")

    @property
    def is_running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def check(self) -> None:
        """Raise DemoFailed, with its last words, if it has ended."""
        if not self.is_running:
            raise DemoFailed(f"{self.name} did not start. The end of {self.log}:\n{self.tail()}")

    def finish(self, seconds: float, each_look: Callable[[str], None]) -> None:
        """Wait for a command that ends by itself; raises DemoFailed when it fails.

        `each_look` gets the last line of its log whenever that is another one.
        """
        deadline, last = time.monotonic() + seconds, ""
        while self.is_running:
            if time.monotonic() > deadline:
                raise DemoFailed(f"{self.name} took longer than {seconds:.0f} s; see {self.log}.")
            line = self.tail(1).strip(" |")
            if line != last:
                each_look(line)
            last = line
            time.sleep(0.1)
        if self.process and self.process.returncode:
            raise DemoFailed(f"{self.name} failed. The end of {self.log}:\n{self.tail()}")

    def revive(self) -> str:
        """Restart it if it has ended, with growing pauses; what there is to tell, if anything."""
        self._bound_log()
        if self.is_running:
            return ""
        now = time.monotonic()
        if not self.due:
            is_steady = now - self.started > STEADY
            self.pause = FIRST_PAUSE if is_steady else min(self.pause * 2, LONGEST_PAUSE)
            self.due = now + self.pause
            return f"{self.name} ended; starting it again in {self.pause:g} s. See {self.log}."
        if now < self.due:
            return ""
        self.due = 0.0
        self.start()
        return f"{self.name} was started again."

    def ask_to_end(self) -> None:
        """SIGTERM; does not wait."""
        if self.process and self.is_running:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic), then kill it and all it has started."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def tail(self, lines: int = 12) -> str:
        """The end of its log."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(f"  | {line}" for line in text.splitlines()[-lines:]) or "  | (empty)"

    def _bound_log(self) -> None:
        """Keep two logs at most. The child writes at the end, wherever that is."""
        if self.log.stat().st_size > LARGEST_LOG:
            self.older_log.write_bytes(self.log.read_bytes())
            os.truncate(self.log, 0)


def _begin(parent: int, signals: set[int]) -> None:
    """In the new process: hear signals again, and end when the demo dies, however it dies."""
    signal.pthread_sigmask(signal.SIG_SETMASK, signals)
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
