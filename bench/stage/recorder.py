"""Where the worker's time goes: py-spy, attached during the unmeasured runs of `--profile`."""

import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.stage.processes import ROOT, BenchFailed

PY_SPY = ROOT / ".venv-bench" / "bin" / "py-spy"
RATE = 250  # samples a second
_SHOWN = 25


class Recorder:
    """Does nothing until it is given a `name`, which becomes the file's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = ""

    @contextmanager
    def attached(self, pid: int) -> Iterator[None]:
        """Sample the running threads of a process; the summary is a text file."""
        if not self.name:
            yield
            return
        raw = self._folder / f"profile {self.name}.raw"
        command = [str(PY_SPY), "record", "--pid", str(pid), "--rate", str(RATE), "--format", "raw",
                   "--nonblocking", "--output", str(raw)]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as spy:
            try:
                yield
            finally:
                spy.send_signal(signal.SIGINT)
            said = spy.communicate(timeout=60)[0]
        if not raw.exists():
            raise BenchFailed(f"py-spy: {said.decode()}")
        raw.with_suffix(".txt").write_text(summary(raw.read_text()))


def summary(raw: str) -> str:
    """From "frame;frame;frame COUNT" lines: functions by own time, and with all they call."""
    own: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for line in raw.splitlines():
        stack, _, count = line.rpartition(" ")
        frames = stack.split(";")
        own[_function(frames[-1])] += int(count)
        whole.update(dict.fromkeys(map(_function, frames), int(count)))
    total = max(1, own.total())
    parts = []
    for title, counter in (("own time", own), ("with all it calls", whole)):
        rows = [f"{100 * n / total:5.1f} %  {name}" for name, n in counter.most_common(_SHOWN)]
        parts.append("\n".join([title, *rows]))
    return f"{total / RATE:.2f} s of running threads\n\n" + "\n\n".join(parts) + "\n"


def _function(frame: str) -> str:
    """Without the line: "merge (pilotage/imports/store/merge.py)"."""
    return frame.rpartition(":")[0] + ")" if ":" in frame else frame
