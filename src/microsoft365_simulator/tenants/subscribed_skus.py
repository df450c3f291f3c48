"""The subscribedSku resource: products bought, and how many units are in use."""

from __future__ import annotations

from collections import Counter

from microsoft365_simulator.tenants.collection import Row
from microsoft365_simulator.tenants.directory import Directory
from microsoft365_simulator.tenants.home import CAST_SIZE
from microsoft365_simulator.tenants.licences import SKUS, Sku
from microsoft365_simulator.tenants.persona import CYCLE


def subscribed_skus(directory: Directory) -> list[Row]:
    """Every product somebody holds, with units bought in steps that leave some over."""
    used = _used(directory)
    return [_row(directory, sku, used[sku.id]) for sku in SKUS.values() if sku.id in used]


def _used(directory: Directory) -> Counter[str]:
    """Units in use by SKU id: arithmetic over the thousand personas, then what differs."""
    users, personas = directory.users, directory.home.personas
    rounds, rest = divmod(users.total, CYCLE)
    used: Counter[str] = Counter()
    for slot, persona in enumerate(personas):
        for licence in persona.assigned_licenses:
            used[str(licence["skuId"])] += rounds + (slot < rest)
    for index in {*range(CAST_SIZE), *users.altered}:
        for licence in personas[index % CYCLE].assigned_licenses:
            used[str(licence["skuId"])] -= 1
        if users.exists(index):
            held = users.row(index, ("assignedLicenses",))["assignedLicenses"]
            for licence in held if isinstance(held, list) else []:
                if isinstance(licence, dict):
                    used[str(licence.get("skuId"))] += 1
    return used


def _row(directory: Directory, sku: Sku, used: int) -> Row:
    definition = directory.definition
    # Bought in steps of a tenth; every third product is nearly used up, the others are not.
    step = max(5, used // 10)
    bought = (used // step + 1 + len(sku.part_number) % 3) * step
    return {
        "accountId": definition.tenant_id,
        "accountName": definition.domain.split(".")[0],
        "appliesTo": "User",
        "capabilityStatus": "Enabled",
        "consumedUnits": used,
        "id": f"{definition.tenant_id}_{sku.id}",
        "skuId": sku.id,
        "skuPartNumber": sku.part_number,
        "subscriptionIds": [],
        "prepaidUnits": {"enabled": bought, "suspended": 0, "warning": 0, "lockedOut": 0},
        "servicePlans": [
            {
                "servicePlanId": plan_id,
                "servicePlanName": name,
                "provisioningStatus": "Success",
                "appliesTo": "User",
            }
            for plan_id, name, _ in sku.plans
        ],
    }
