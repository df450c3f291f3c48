"""Starts the parts of the demo in order, watches over them, ends them in order."""

import signal
import time
from types import FrameType

import local_postgres
from pilotage.demo.processes import words
from pilotage.demo.processes.errors import DemoFailed
from pilotage.demo.processes.parts import Parts, start_parts
from pilotage.demo.processes.place import Place, find_place
from pilotage.demo.processes.ports import choose_ports

LOOK = 0.5  # seconds between two looks at the children
PATIENCE = 6.0  # seconds for all children together to end by themselves


class Stopped(BaseException):
    """Ctrl-C or SIGTERM; no Exception, so that nothing on the way takes it for a failure."""


def run_demo(port: int, reset: bool) -> None:
    """Run until Ctrl-C or SIGTERM; raises DemoRunning, DemoFailed and NoFreePort."""
    place, parts = find_place(), Parts()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    with place.alone():
        try:
            _start(place, parts, port, reset)
            _watch(place, parts)
        except Stopped:
            words.say("\nStopping …")
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)
            _end(place, parts)
    words.say("Stopped. The data are kept; the next start goes on with them.")


def _start(place: Place, parts: Parts, port: int, reset: bool) -> None:
    if reset or place.unfinished.exists():
        place.reset()
        words.say(
            "The data of earlier demos were deleted."
            if reset
            else "The last start ended before its sample data were complete; beginning anew."
        )
    place.create()
    ports = choose_ports(place.ports, port)
    if ports.web != port:
        words.say(f"Port {port} is taken; the demo uses {ports.web}.")
    start_parts(place, ports, parts)
    words.welcome(place, parts)


def _watch(place: Place, parts: Parts) -> None:
    while True:
        time.sleep(LOOK)
        for child in parts.children:
            news = child.revive()
            if news:
                words.say(news)
        try:
            local_postgres.ensure_running(place.postgres)
        except local_postgres.PostgresError as error:
            words.say(f"PostgreSQL is down: {error}")
            time.sleep(5)


def _end(place: Place, parts: Parts) -> None:
    """Those that use others end first; the database last."""
    deadline = time.monotonic() + PATIENCE
    for child in parts.children:
        child.ask_to_end()
    for child in reversed(parts.children):
        child.end(deadline)
    try:
        local_postgres.stop(place.postgres)
    except local_postgres.PostgresError as error:
        raise DemoFailed(str(error)) from error


def _stop(_: int, __: FrameType | None) -> None:
    raise Stopped
