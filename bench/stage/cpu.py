"""Processor time and memory of processes, from /proc (see proc(5))."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def tree_seconds(root: int) -> float:
    """User and system time of a process and all below it, the ended ones included.

    An ended process is counted by its parent (cutime, cstime) once that has waited for it.
    """
    fields = {pid: found for pid in _pids() if (found := _fields(pid))}
    below = {root}
    while more := {p for p, f in fields.items() if int(f[1]) in below} - below:
        below |= more
    return sum(sum(map(int, fields[pid][11:15])) for pid in below if pid in fields) / _TICKS


def peak_megabytes(pid: int) -> float:
    """The most memory a process ever had at once (VmHWM)."""
    text = (_PROC / str(pid) / "status").read_text()
    line = next(line for line in text.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1e6


def _pids() -> list[int]:
    return [int(path.name) for path in _PROC.iterdir() if path.name.isdigit()]


def _fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from `state` on; empty when the process has just ended."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()
