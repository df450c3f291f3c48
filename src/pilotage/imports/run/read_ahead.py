"""Reads the next page while the present one is being written.

The chain runs in a thread of its own, at most two pages ahead, so memory does not grow with the
tenant. Waiting for it is never blind: every two seconds the caller looks around.
"""

from collections.abc import Callable, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread

from django.db import connections

from pilotage.imports.chains.step import Step

AHEAD = 2
LOOK_AROUND_SECONDS = 2.0
_GOODBYE_SECONDS = 1.0


class _End:
    """Behind the last step."""


class ReadAhead:
    """Iterates over steps; `stopped` is for the Graph client's `cancelled` hook."""

    def __init__(self, stopped: Event, look_around: Callable[[], None]) -> None:
        self._stopped = stopped
        self._look_around = look_around
        self._queue: Queue[Step | BaseException | _End] = Queue(AHEAD)

    def steps(self, begin: Callable[[], Iterator[Step]]) -> Iterator[Step]:
        """The steps of `begin()`; raises what it raises, in order, and what looking around does."""
        reader = Thread(target=self._read, args=(begin,), name="graph-reader", daemon=True)
        reader.start()
        try:
            while not isinstance(item := self._next(), _End):
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            # A request that hangs ends by its own time-out; nobody waits for it here.
            self._stopped.set()
            reader.join(_GOODBYE_SECONDS)

    def _next(self) -> Step | BaseException | _End:
        while True:
            try:
                return self._queue.get(timeout=LOOK_AROUND_SECONDS)
            except Empty:
                self._look_around()

    def _read(self, begin: Callable[[], Iterator[Step]]) -> None:
        end: BaseException | _End = _End()
        try:
            for step in begin():
                if not self._put(step):
                    return
        except BaseException as error:  # noqa: BLE001 - handed over to the thread that waits
            end = error
        finally:
            connections.close_all()
        self._put(end)

    def _put(self, item: Step | BaseException | _End) -> bool:
        while not self._stopped.is_set():
            try:
                self._queue.put(item, timeout=0.2)
            except Full:
                continue
            return True
        return False
