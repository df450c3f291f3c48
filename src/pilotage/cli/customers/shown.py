"""How one customer is printed."""

from typing import Any
from uuid import UUID

from pilotage.cli.output import print_facts, print_json
from pilotage.customers.queries import get_customer
from pilotage.kernel.actor import Actor
from pilotage.onboarding.allowed_actions import allowed_actions
from pilotage.onboarding.as_json import customer_as_json


def print_customer(actor: Actor, customer_id: UUID, *, as_json: bool) -> None:
    """The customer as it is now, with its allowed actions."""
    customer = get_customer(actor, customer_id)
    shown = customer_as_json(customer)
    actions = allowed_actions(actor, customer)
    if as_json:
        shown["allowed_actions"] = [
            {"name": a.name, "allowed": a.allowed, "code": a.code, "reason": a.reason}
            for a in actions
        ]
        print_json(shown)
        return
    print_facts(_facts(shown))
    print_facts([("Allowed now", [a.name for a in actions if a.allowed])])


def _facts(shown: dict[str, Any]) -> list[tuple[str, Any]]:
    onboarding, connection = shown["onboarding"] or {}, shown["connection"]
    return [
        ("Organization", shown["organization_name"]),
        ("Id", shown["id"]),
        ("Partner", shown["partner"]["name"]),
        ("Account", f"{shown['account_type']}, {shown['status']}"),
        ("SKU", shown["sku"]),
        ("Add-ons", shown["add_ons"]),
        ("Expiration date", shown["expires_on"]),
        ("Source", shown["source"]),
        ("Seats used", shown["seats_used"]),
        ("Onboarding", onboarding.get("step")),
        *_waiting(onboarding),
        ("Connection", connection["state"]),
        ("Tenant", connection.get("tenant_id")),
        ("Last import", shown["last_import_at"]),
    ]


def _waiting(onboarding: dict[str, Any]) -> list[tuple[str, Any]]:
    if not onboarding.get("waiting_until"):
        return []
    return [("Waits", f"{onboarding['waiting_reason']} until {onboarding['waiting_until']}")]
