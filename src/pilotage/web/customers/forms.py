"""What the panels' forms have in common: a plan to choose, a day to enter."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from pilotage.catalog.models import Sku
from pilotage.catalog.queries import sellable_skus
from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import Invalid, invalid


class DamagedForm(Invalid):
    """The form is incomplete. Close it, open it again and submit it once more."""


def typed_day(form: QueryDict, field: str) -> date:
    """A day as `<input type=date>` sends it; raises Invalid."""
    try:
        return date.fromisoformat(form.get(field, ""))
    except ValueError as error:
        raise invalid(field, "Enter a date, like 2026-12-31.") from error


def typed_id(form: QueryDict, field: str) -> UUID:
    """An id from a hidden field; raises Invalid."""
    try:
        return UUID(form.get(field, ""))
    except ValueError as error:
        raise DamagedForm from error


def typed_version(form: QueryDict) -> int | None:
    """The version that the form was made from."""
    text = form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def plan_choices(actor: Actor, partner_id: UUID, sku: str, add_ons: list[str]) -> dict[str, Any]:
    """The SKUs that may be sold, and the add-ons that fit the chosen one.

    `dropped` are those of `add_ons` that do not fit it: said before it is saved, and kept in the
    form, so that choosing the earlier SKU again brings them back.
    """
    skus = list(sellable_skus(actor, partner_id))
    chosen = next((s for s in skus if s.code == sku), skus[0] if len(skus) == 1 else None)
    return {
        "skus": skus,
        "sku": chosen.code if chosen else "",
        "chosen_sku": chosen,
        "fitting": _fitting(chosen),
        "add_ons": add_ons,
        "dropped": _dropped(skus, chosen, add_ons),
    }


def _fitting(sku: Sku | None) -> list[Any]:
    return [add_on for add_on in sku.add_ons.all() if add_on.is_active] if sku else []


def _dropped(skus: list[Sku], chosen: Sku | None, codes: list[str]) -> list[Any]:
    if chosen is None:
        return []
    known = {add_on.code: add_on for sku in skus for add_on in sku.add_ons.all()}
    fitting = {add_on.code for add_on in _fitting(chosen)}
    return [known[code] for code in dict.fromkeys(codes) if code in known and code not in fitting]


def chosen_add_ons(form: QueryDict) -> list[str]:
    """The add-ons that are ticked, and those that the SKU before would have brought along."""
    return [*form.getlist("add_ons"), *form.getlist("dropped")]
