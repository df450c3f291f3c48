"""The simulator of a bench: its tenants, faults and its own count of what was asked of it."""

import json
import secrets
import shutil
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.stage.processes import BenchFailed, clean_environment, running, wait_for_file

CACHE_MEGABYTES = 2_000
EPOCH = "2026-11-01"  # the same tenants on every day


@dataclass(frozen=True, slots=True)
class Registration:
    """An application as registered in Entra."""

    client_id: str = field(default_factory=lambda: str(uuid4()))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))


@dataclass(frozen=True, slots=True)
class Simulator:
    """A running simulator. Pilotage and the peers are applications of their own."""

    url: str
    ca_file: str
    pid: int
    pilotage: Registration = field(default_factory=Registration)
    peers: Registration = field(default_factory=Registration)

    def call(self, method: str, path: str, body: object = None) -> Any:
        """The control API; raises BenchFailed with its words when it refuses."""
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_simulator/api{path}", content, method=method)
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=self.ca_file)),
        )
        try:
            with opener.open(request, timeout=300) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise BenchFailed(f"{method} {path}: {error.read().decode()}") from error
        return json.loads(text) if text else None

    def add_tenant(self, domain: str, **values: Any) -> str:
        """A tenant that has consented to both applications; its id."""
        wanted = {"name": domain, "domain": domain, "seed": 7, "epoch": EPOCH, **values}
        tenant_id = str(self.call("POST", "/tenants", wanted)["tenant_id"])
        for registration in (self.pilotage, self.peers):
            self.call("PUT", f"/tenants/{tenant_id}/consents/{registration.client_id}", {})
        return tenant_id

    def counts(self, tenant_id: str) -> Mapping[str, int]:
        """How many users, groups, memberships and devices the tenant has now."""
        counts: Mapping[str, int] = self.call("GET", f"/tenants/{tenant_id}")["counts"]
        return counts

    def clear_log(self) -> None:
        """Begin to count anew."""
        self.call("DELETE", "/requests")

    def log(self, tenant_id: str, count: int = 500) -> dict[str, Any]:
        """`counters` since `clear_log`, and the latest `requests`."""
        found: dict[str, Any] = self.call("GET", f"/requests?tenant={tenant_id}&count={count}")
        return found

    @contextmanager
    def slow(self, milliseconds: int) -> Iterator[None]:
        """Every answer of Graph takes that much longer."""
        fault = {"kind": "slow", "id": "bench-slow", "match": {"path": r"^/v1\.0/"}}
        self.call("POST", "/faults", fault | {"options": {"milliseconds": milliseconds}})
        try:
            yield
        finally:
            self.call("DELETE", "/faults/bench-slow")


@contextmanager
def started(folder: Path, permissions: list[str]) -> Iterator[Simulator]:
    """A simulator without tenants that knows both applications."""
    shutil.rmtree(folder / "simulator", ignore_errors=True)
    ready, log = folder / "simulator.ready.json", folder / "simulator.log"
    ready.unlink(missing_ok=True)
    options = {"--port": "0", "--state-dir": str(folder / "simulator"), "--ready-file": str(ready),
               "--page-cache-megabytes": str(CACHE_MEGABYTES)}  # fmt: skip
    arguments = [word for pair in options.items() for word in pair]
    with running(["microsoft365_simulator", *arguments], clean_environment(), log) as child:
        facts = wait_for_file(ready, child, log)
        simulator = Simulator(facts["https_url"], facts["ca_file"], child.pid)
        for name, registration in (("Pilotage", simulator.pilotage), ("Peers", simulator.peers)):
            application = {"client_id": registration.client_id, "name": name,
                           "client_secrets": [registration.secret],
                           "required_roles": permissions}  # fmt: skip
            simulator.call("POST", "/applications", application)
        yield simulator
