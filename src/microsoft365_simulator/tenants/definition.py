"""What a tenant is made of: the few values from which everything else follows."""

import re
from datetime import date
from typing import Annotated

import msgspec

from microsoft365_simulator.clock import today
from microsoft365_simulator.tenants.object_ids import derived_guid

GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad"

Users = Annotated[int, msgspec.Meta(ge=10, le=1_000_000)]
Amount = Annotated[int, msgspec.Meta(ge=0, le=20_000_000)]


class TenantRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A tenant as the control API takes it; what is left out follows from the size.

    Without `assignments` nobody is assigned to an application and there are no administrative
    units: both follow from the number of users and could not be left out otherwise.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
    domain: str
    users: Users
    seed: int = 1
    tenant_id: str | None = None
    groups: Amount | None = None
    memberships: Amount | None = None
    devices: Amount | None = None
    premium: bool = True
    assignments: bool = True
    throttling: bool = False
    epoch: str | None = None


class TenantDefinition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tenant as it is kept; `epoch` is the day its dates are counted back from."""

    tenant_id: str
    name: str
    domain: str
    seed: int
    users: int
    groups: int
    memberships: int
    devices: int
    premium: bool
    throttling: bool
    epoch: str
    # Tenants that were kept before this could be said have them.
    assignments: bool = True


def define(request: TenantRequest) -> TenantDefinition:
    """The complete definition; raises ValueError on an id, domain or day that cannot be one.

    The default proportions are those of a tenant with 50,000 users, 10,000 groups,
    200,000 memberships and 20,000 devices.
    """
    domain = request.domain.lower()
    tenant_id = (request.tenant_id or derived_guid("tenant", domain, request.seed)).lower()
    if not DOMAIN.fullmatch(domain):
        raise ValueError(f"{request.domain!r} is not a domain name.")
    if not GUID.fullmatch(tenant_id) or tenant_id == CONSUMERS:
        raise ValueError(f"{request.tenant_id!r} cannot be a tenant id.")
    users = request.users
    return TenantDefinition(
        tenant_id=tenant_id,
        name=request.name,
        domain=domain,
        seed=request.seed,
        users=users,
        groups=max(2, users // 5) if request.groups is None else request.groups,
        memberships=users * 4 if request.memberships is None else request.memberships,
        devices=users * 2 // 5 if request.devices is None else request.devices,
        premium=request.premium,
        assignments=request.assignments,
        throttling=request.throttling,
        epoch=date.fromisoformat(request.epoch or today()).isoformat(),
    )
