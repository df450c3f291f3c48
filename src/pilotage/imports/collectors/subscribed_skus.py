"""What the tenant has bought (https://learn.microsoft.com/graph/api/subscribedsku-list)."""

from typing import Any

import msgspec

from pilotage.directory.models import SubscribedSku
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.shapes import Count, Id, Shape, Text
from pilotage.imports.store.table import table_of


class Units(msgspec.Struct, rename="camel"):
    """Licences bought, by state."""

    enabled: Count | None = None
    suspended: Count | None = None
    warning: Count | None = None
    locked_out: Count | None = None


class Plan(msgspec.Struct, rename="camel"):
    """A service within a product."""

    service_plan_name: Text | None = None


class SubscribedSkuShape(Shape):
    """A product."""

    sku_id: Id
    sku_part_number: Text | None = None
    capability_status: Text | None = None
    applies_to: Text | None = None
    consumed_units: Count | None = None
    prepaid_units: Units | None = None
    service_plans: list[Plan] | None = None


def flattened(sku: Any) -> tuple[object, ...]:
    """The row of a product, in the order of the table's columns."""
    units = sku.prepaid_units or Units()
    plans = [plan.service_plan_name for plan in sku.service_plans or () if plan.service_plan_name]
    return (
        *(sku.id, sku.sku_id, sku.sku_part_number, sku.capability_status, sku.applies_to),
        *(sku.consumed_units, units.enabled, units.suspended, units.warning, units.locked_out),
        plans,
    )


SUBSCRIBED_SKUS = Listing(
    name="subscribed_skus",
    label="Subscribed SKUs",
    resource="/subscribedSkus",
    # LicenseAssignment.Read.All would do, but this one is asked for already.
    permission="Organization.Read.All",
    also=frozenset({"LicenseAssignment.Read.All", "Directory.Read.All"}),
    why="Which Microsoft products the organization subscribes to, and how many licences are used.",
    table=table_of(SubscribedSku),
    shape=SubscribedSkuShape,
    row=flattened,
    top=0,
    is_required=True,
)
