"""A log that does not grow without end."""

import os
from pathlib import Path

LARGEST = 4_000_000  # bytes, twice: the current file and the one before it


class BoundedLog:
    """Appends to `path` and keeps at most one older file beside it."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        self.path, self.largest = path, largest
        self._open()

    def _open(self) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self.file = os.fdopen(os.open(self.path, flags, 0o600), "ab", buffering=0)

    def write(self, piece: bytes) -> None:
        """Append; a full file becomes `….1`."""
        if self.file.tell() + len(piece) > self.largest:
            self.file.close()
            self.path.rename(self.path.with_name(self.path.name + ".1"))
            self._open()
        self.file.write(piece)
