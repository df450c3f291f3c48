"""One simulator for the folder; each test gets tenants of its own and starts without faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from tests.conftest import Running
from tests.simulator.driver import CLIENT_ID, IMPORT_ROLES, REDIRECT, SECRET, Simulator, Tenant

_numbers = count(1)


@pytest.fixture(scope="session")
def sim(simulator: Running) -> Simulator:
    """The simulator with one application of many tenants registered."""
    driver = Simulator(simulator.facts)
    driver.register(
        client_id=CLIENT_ID,
        name="Pilotage import",
        client_secrets=[SECRET, {"value": "an expired secret", "expires_at": 1_600_000_000}],
        redirect_uris=[REDIRECT],
        required_roles=IMPORT_ROLES,
        group_membership_claims="DirectoryRole",
    )
    return driver


@pytest.fixture(autouse=True)
def no_faults(sim: Simulator) -> Iterator[None]:
    """Whatever a test switched on is off again for the next one."""
    yield
    sim.control("DELETE", "faults")


@pytest.fixture
def new_tenant(sim: Simulator) -> Callable[..., Tenant]:
    """Makes a tenant that has consented, with a domain nobody else has."""

    def make(users: int = 40, *, consent: bool = True, **values: Any) -> Tenant:
        tenant = sim.add_tenant(f"tenant{next(_numbers)}.example", users=users, **values)
        if consent:
            sim.control("PUT", f"tenants/{tenant.id}/consents/{CLIENT_ID}")
        return tenant

    return make


@pytest.fixture(scope="session")
def contoso(sim: Simulator) -> Tenant:
    """A tenant of 1,200 users that tests only read."""
    tenant = sim.add_tenant("contoso.example", users=1200, seed=7)
    sim.control("PUT", f"tenants/{tenant.id}/consents/{CLIENT_ID}")
    return tenant
