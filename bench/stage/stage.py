"""Everything that runs during a bench."""

import fcntl
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.sizes import Sizes
from bench.stage import simulator as simulator_of
from bench.stage.database import Server
from bench.stage.installation import Installation
from bench.stage.processes import ROOT, BenchFailed
from bench.stage.recorder import Recorder
from bench.stage.simulator import Simulator
from microsoft365_simulator.graph.permissions import ROLE_IDS

FOLDER = ROOT / "var" / "bench"


@dataclass(frozen=True, slots=True)
class Stage:
    """One simulator, one PostgreSQL, one installation; `tenants` by name, as scenes add them."""

    sizes: Sizes
    folder: Path
    simulator: Simulator
    server: Server
    installation: Installation
    recorder: Recorder
    tenants: dict[str, str] = field(default_factory=dict)

    def tenant(self, name: str, **values: int | bool) -> str:
        """The id of a tenant, added when it is first asked for.

        It has no Entra ID P1, no one assigned to applications and no administrative units: Pilotage
        would read those as well, a hundred thousand rows of which no peer here knows.
        """
        if name not in self.tenants:
            made = {"premium": False, "assignments": False, **values}
            self.tenants[name] = self.simulator.add_tenant(f"{name}.example", **made)
        return self.tenants[name]

    def people(self, users: int) -> str:
        """A tenant of users alone."""
        return self.tenant(f"people-{users}", users=users, groups=0, memberships=0, devices=0)

    def tiny(self) -> str:
        """A tenant that a worker imports first, so that it has loaded what it works with."""
        return self.people(10)

    def whole(self, name: str = "whole", *, throttling: bool = False) -> str:
        """A tenant with everything."""
        sizes = self.sizes
        return self.tenant(
            name, users=sizes.users, groups=sizes.groups, memberships=sizes.memberships,
            devices=sizes.devices, throttling=throttling,
        )  # fmt: skip


@contextmanager
def opened(sizes: Sizes) -> Iterator[Stage]:
    """Start everything, and end it with the block; raises BenchFailed when a bench runs here."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BenchFailed(f"Another bench runs in {FOLDER}.") from error
        with _opened(sizes) as stage:
            yield stage


@contextmanager
def _opened(sizes: Sizes) -> Iterator[Stage]:
    # What an earlier bench copied may be of tables that look otherwise now.
    shutil.rmtree(FOLDER / "copy", ignore_errors=True)
    server = Server(FOLDER / "postgres")
    with simulator_of.started(FOLDER, sorted(ROLE_IDS)) as simulator:
        installation = Installation(sys.executable, simulator, FOLDER)
        installation.prepare(server)
        yield Stage(sizes, FOLDER, simulator, server, installation, Recorder(FOLDER))
