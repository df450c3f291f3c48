"""The process: what a restart keeps, the config file, memory, and how it ends."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from requests.exceptions import ReadTimeout

from tests.conftest import start_process, stop_process
from tests.simulator.driver import CLIENT_ID, IMPORT_ROLES, SECRET, Simulator, Tenant

CONFIG = {
    "applications": [
        {"client_id": CLIENT_ID, "client_secrets": [SECRET], "required_roles": IMPORT_ROLES}
    ],
    "tenants": [{"name": "Contoso", "domain": "contoso.example", "users": 50}],
}


def resident_bytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) * 1024


@contextmanager
def running(folder: Path) -> Iterator[Simulator]:
    """A simulator of one's own on the same state."""
    config = folder / "config.json"
    config.write_text(json.dumps(CONFIG))
    (folder / "ready.json").unlink(missing_ok=True)
    process = start_process(
        "microsoft365_simulator", folder,
        "--port", "0", "--state-dir", str(folder / "state"), "--config", str(config),
    )  # fmt: skip
    try:
        yield Simulator(process.facts)
    finally:
        started = time.monotonic()
        stop_process(process)
        assert process.process.returncode == 0
        assert time.monotonic() - started < 3


def test_a_restart_continues(tmp_path: Path) -> None:
    with running(tmp_path) as sim:
        assert sim.browser_url is None
        made = sim.control("GET", "tenants/contoso.example")
        tenant = Tenant(made["tenant_id"], made["domain"])
        sim.control("PUT", f"tenants/{tenant.id}/consents/{CLIENT_ID}")
        changes = {"users_added": 3, "users_deleted": 4, "memberships_deleted": 5}
        sim.control("POST", f"tenants/{tenant.id}/changes", changes)
        sim.fault("slow", id="kept", match={"path": "/shoes"})
        before = {name: sim.truth(tenant, name) for name in ("users", "memberships")}
        link = sim.pages(tenant, "users/delta?$select=id")[-1]["@odata.deltaLink"]
        token, sent = sim.app_token(tenant), link.partition("/v1.0/")[2]
        authority = Path(sim.ca_file).read_bytes()
    with running(tmp_path) as sim:
        assert Path(sim.ca_file).read_bytes() == authority
        assert {name: sim.truth(tenant, name) for name in before} == before
        assert [fault["id"] for fault in sim.control("GET", "faults")] == ["kept"]
        assert sim.graph(tenant, sent, token=token).json()["value"] == []
        sim.control("POST", f"tenants/{tenant.id}/changes", {"users_added": 2})
        assert len(sim.graph(tenant, sent, token=token).json()["value"]) == 2
        sim.control("POST", "reset")
        assert sim.control("GET", "tenants") == []


def test_it_ends_while_requests_hang(tmp_path: Path) -> None:
    with running(tmp_path) as sim:
        sim.fault("hang", match={"path": "discovery"})
        url = f"{sim.url}/common/discovery/v2.0/keys"
        with pytest.raises(ReadTimeout):
            sim.http.get(url, timeout=0.3)


def test_a_million_users_need_little_memory(tmp_path: Path) -> None:
    with running(tmp_path) as sim:
        before = resident_bytes(sim.pid)
        tenant = sim.add_tenant("huge.example", users=1_000_000, seed=3)
        sim.control("PUT", f"tenants/{tenant.id}/consents/{CLIENT_ID}")
        token, link, ids = (
            sim.app_token(tenant),
            "users?$select=id,displayName&$top=999",
            set[str](),
        )
        for _ in range(40):
            page = sim.graph(tenant, link, token=token).json()
            ids.update(user["id"] for user in page["value"])
            link = page["@odata.nextLink"]
        assert len(ids) == 40 * 999
        path = "users?$filter=startswith(userPrincipalName,'q')&$count=true&$select=id&$top=999"
        first = sim.graph(tenant, path, token=token, ConsistencyLevel="eventual").json()
        assert first["@odata.count"] > 5000
        count = sim.graph(tenant, "users/$count", token=token, ConsistencyLevel="eventual")
        assert int(count.text) == 1_000_000
        members = sim.graph(tenant, "groups/delta?$select=members", token=token)
        assert members.status_code == 200
        assert sim.control("GET", f"tenants/{tenant.id}")["counts"]["memberships"] == 4_000_000
        grown = resident_bytes(sim.pid) - before
        assert grown < 120_000_000
