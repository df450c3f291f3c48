"""Ports for the demo: the usual ones, those of last time, or the next ones that are free."""

import json
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from pilotage.demo.processes.errors import NoFreePort

TRIES = 50


@dataclass(frozen=True)
class Ports:
    """Where each part listens."""

    web: int
    simulator: int
    simulator_pages: int
    mailbox: int
    smtp: int


USUAL = Ports(web=8000, simulator=9443, simulator_pages=9080, mailbox=8025, smtp=1025)


def choose_ports(remembered: Path, web: int) -> Ports:
    """A free port for each part; raises NoFreePort.

    `web` is what the person asked for. The others stay what they were the last time if they can:
    an import that goes on holds addresses of the simulator.
    """
    wanted = asdict(USUAL) | _read(remembered) | {"web": web}
    taken: set[int] = set()
    for name, port in wanted.items():
        wanted[name] = _next_free(port, taken)
        taken.add(wanted[name])
    chosen = Ports(**wanted)
    remembered.write_text(json.dumps(asdict(chosen)), encoding="utf-8")
    return chosen


def _read(path: Path) -> dict[str, int]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return {name: port for name, port in known.items() if name in asdict(USUAL)}


def _next_free(first: int, taken: set[int]) -> int:
    for port in range(first, min(first + TRIES, 65536)):
        if port not in taken and _is_free(port):
            return port
    raise NoFreePort


def _is_free(port: int) -> bool:
    """Free on IPv4 and IPv6: a browser may take either for `localhost`."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.create_server((host, port), family=family):
                pass
        except OSError as error:
            if family == socket.AF_INET or error.errno == 98:  # EADDRINUSE; else no IPv6 here
                return False
    return True
