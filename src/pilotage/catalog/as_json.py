"""The catalogue as API and CLI show it."""

from typing import Any

from pilotage.catalog.models import Sku


def sku_as_json(sku: Sku) -> dict[str, Any]:
    """One SKU with the add-ons that fit."""
    return {
        "code": sku.code,
        "name": sku.name,
        "description": sku.description,
        "seat_limit": sku.seat_limit,
        "add_ons": [
            {"code": add_on.code, "name": add_on.name, "description": add_on.description}
            for add_on in sku.add_ons.all()
            if add_on.is_active
        ],
    }
