"""Chains read in threads of their own, while the pages before are being written.

Each is at most a few pages ahead of what is written, so memory does not grow with the tenant.
"""

from dataclasses import dataclass, field
from queue import Queue
from threading import Event, Semaphore, Thread

from django.db import connections

from pilotage.imports.chains.step import Chain, Step
from pilotage.imports.collectors.collector import Collector
from pilotage.imports.models import CollectorProgress, ImportChain
from pilotage.imports.run.source import Source

AHEAD = 4
_LOOK_SECONDS = 0.2


class End:
    """Behind the last step of a chain."""


Outcome = Step | BaseException | End


@dataclass(slots=True, eq=False)
class Reading:
    """One chain at work. `queue` is shared by all of a run; what is put in names the reading.

    `ahead` is how many steps may be under way or wait there.
    """

    row: ImportChain
    chain: Chain
    collector: Collector
    queue: "Queue[tuple[Reading, Outcome]]"
    ahead: int = AHEAD
    stopped: Event = field(default_factory=Event)
    _room: Semaphore = field(init=False)
    _thread: Thread | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._room = Semaphore(self.ahead)

    @property
    def progress(self) -> CollectorProgress:
        """The collector this chain belongs to."""
        return self.row.progress

    def start(self, source: Source) -> None:
        """Begin to read, from where the chain stands."""
        client, place = (
            source.client(self.stopped),
            (self.progress.run.customer_id, self.row.cursor),
        )

        def read() -> None:
            end: Outcome = End()
            try:
                steps = self.chain.steps(client, *place)
                while self._has_room():
                    step = next(steps, None)
                    if step is None:
                        break
                    self.queue.put((self, step))
            except BaseException as error:  # noqa: BLE001 - handed over to the thread that waits
                end = error
            finally:
                connections.close_all()
            self.queue.put((self, end))

        self._thread = Thread(target=read, name="graph-reader", daemon=True)
        self._thread.start()

    def written(self) -> None:
        """A step has been taken from the queue: there is room for another one."""
        self._room.release()

    def stop(self) -> None:
        """Read no further; what is in the queue already is not to be used."""
        self.stopped.set()

    def join(self, seconds: float) -> None:
        """Wait a little for the thread; a request that hangs ends by its own time-out."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _has_room(self) -> bool:
        """Wait until a page may be read; False when there is to be no more reading.

        Room is made before a page is asked for, so that no page is held that cannot be used yet.
        """
        while not self.stopped.is_set():
            if self._room.acquire(timeout=_LOOK_SECONDS):
                return True
        return False
