"""Answers of the identity platform that are kept for a while."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
CAPACITY = 2_000


class Remembered(Generic[K, V]):
    """Values by key, each for `seconds` after it was made; safe for many threads."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: dict[K, tuple[float, V]] = {}
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value kept under `key`, made now if there is none or it is too old."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        value = make()
        with self._lock:
            while len(self._kept) >= CAPACITY:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = (time.monotonic() + self._seconds, value)
        return value

    def forget(self, key: K) -> None:
        """Make the value anew when it is next asked for."""
        with self._lock:
            self._kept.pop(key, None)
