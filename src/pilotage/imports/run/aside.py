"""One question to Microsoft, asked aside, while the run's lease is held on."""

from collections.abc import Callable
from queue import Empty, Queue
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

from django.db import connections

T = TypeVar("T")
LOOK_SECONDS = 2.0
# What is asked this way is worth having, but not worth waiting long for.
PATIENCE_SECONDS = 15.0


def aside(ask: Callable[[Event], T], look_around: Callable[[], None], instead: T) -> T:
    """The answer of `ask`, or `instead` when it takes too long; raises what both callables raise.

    The event tells `ask` that nobody waits for it any more.
    """
    stopped = Event()
    answers: Queue[T | BaseException] = Queue()

    def work() -> None:
        try:
            answers.put(ask(stopped))
        except BaseException as error:  # noqa: BLE001 - handed over to the thread that waits
            answers.put(error)
        finally:
            connections.close_all()

    Thread(target=work, name="graph-question", daemon=True).start()
    end = monotonic() + PATIENCE_SECONDS
    try:
        while monotonic() < end:
            try:
                answer = answers.get(timeout=LOOK_SECONDS)
            except Empty:
                look_around()
                continue
            if isinstance(answer, BaseException):
                raise answer
            return answer
        return instead
    finally:
        stopped.set()
