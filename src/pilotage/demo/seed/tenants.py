"""The demo's tenants, made in the Microsoft simulator over its control address."""

import json
import ssl
import urllib.request
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings

_NAMES = UUID("5b1f0f52-2c43-4b8e-9a52-6f0d0c1e7a10")


def tenant_id_of(domain: str) -> UUID:
    """The tenant's id: the same domain has the same id in every demo."""
    return uuid5(_NAMES, domain)


def make_tenant(name: str, domain: str, users: int) -> UUID:
    """Make a tenant of that size; its directory follows from the domain alone."""
    tenant_id = tenant_id_of(domain)
    _ask(
        "POST",
        "tenants",
        {
            "tenant_id": str(tenant_id),
            "name": name,
            "domain": domain,
            "users": users,
            "seed": tenant_id.int % 1_000_000,
            "premium": True,
        },
    )
    return tenant_id


def consent(tenant_id: UUID, *, without: frozenset[str] = frozenset()) -> None:
    """Grant the import application's permissions in a tenant, but for those in `without`."""
    client_id = settings.MICROSOFT.import_client_id
    known = {a["client_id"]: a for a in _ask("GET", "applications")}
    roles = [r for r in known[client_id]["required_roles"] if r not in without]
    _ask("PUT", f"tenants/{tenant_id}/consents/{client_id}", {"roles": roles})


def guest_of(tenant_id: UUID) -> tuple[UUID, str]:
    """Object id and sign-in name of the tenant's guest who holds an admin role."""
    accounts = _ask("GET", f"tenants/{tenant_id}/accounts")
    guest = next(a for a in accounts if "#EXT#" in str(a["login"]) or "guest" in str(a["login"]))
    return UUID(str(guest["oid"])), str(guest["login"])


def add_fault(tenant_id: UUID, kind: str, path: str = "", **more: object) -> None:
    """Turn on a fault for one tenant; it stays until it is turned off on the simulator's page."""
    match = {"tenant_id": str(tenant_id), **({"path": path} if path else {})}
    _ask("POST", "faults", {"id": f"demo-{kind}-{tenant_id}", "kind": kind, "match": match, **more})


def _ask(method: str, path: str, body: object = None) -> list[dict[str, Any]]:
    request = urllib.request.Request(  # noqa: S310 - the simulator's own https address
        f"{settings.MICROSOFT.graph_url}/_simulator/api/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    context = ssl.create_default_context(cafile=settings.MICROSOFT.ca_file or None)
    with urllib.request.urlopen(request, timeout=30, context=context) as answer:  # noqa: S310
        text = answer.read()
    found: list[dict[str, Any]] = json.loads(text) if text else []
    return found
