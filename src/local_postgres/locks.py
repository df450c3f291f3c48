"""Locks that the kernel lets go of when their holder dies, however it dies."""

import fcntl
import os
import time
from pathlib import Path


def open_lock(path: Path) -> int:
    """A descriptor to lock; not inherited by programs that this process starts."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def try_exclusive(descriptor: int) -> bool:
    """Take the lock alone, if nobody else has it."""
    return _try(descriptor, fcntl.LOCK_EX)


def take_shared(descriptor: int, deadline: float) -> bool:
    """Take the lock with others; False if somebody has it alone until `deadline` (monotonic)."""
    while not _try(descriptor, fcntl.LOCK_SH):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def let_go(descriptor: int) -> None:
    """Release the lock and keep the descriptor."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def is_same_file(descriptor: int, path: Path) -> bool:
    """Whether `path` is still the file that was opened: the folder may have been made anew."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
