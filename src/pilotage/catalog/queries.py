"""Read the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from pilotage.catalog.models import AddOn, Sku
from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import Invalid
from pilotage.partners.access import partner_and_above


@dataclass(frozen=True, slots=True)
class Plan:
    """One SKU with the add-ons chosen for it."""

    sku: Sku
    add_ons: tuple[AddOn, ...]


def sellable_skus(actor: Actor, partner_id: UUID) -> QuerySet[Sku]:
    """The SKUs that a partner may sell: those listed for it or for a partner above it.

    `actor` must see the partner; for a partner it does not see there are none.
    """
    if not actor.is_provider and partner_id not in actor.partner_ids:
        return Sku.objects.none()
    above = partner_and_above(partner_id)
    rows = Sku.objects.filter(is_active=True, sold_by__in=above).distinct()
    return rows.prefetch_related("add_ons")


def check_plan(
    actor: Actor, partner_id: UUID, sku_code: str, add_on_codes: Iterable[str] = ()
) -> Plan:
    """SKU and add-ons as one choice; raises Invalid with the sentence at the field it is about."""
    sku = sellable_skus(actor, partner_id).filter(code=sku_code).first() if sku_code else None
    if sku is None:
        text = (
            "Choose one SKU from the list."
            if not sku_code
            else (
                f"“{sku_code[:60]}” is not a SKU that this partner sells. Choose one from the list."
            )
        )
        raise Invalid(text, fields={"sku": text})
    wanted = list(dict.fromkeys(add_on_codes))
    fitting = {a.code: a for a in sku.add_ons.all() if a.is_active}
    unfit = [code for code in wanted if code not in fitting]
    if unfit:
        text = f"{sku.name} cannot be sold with: {', '.join(code[:60] for code in unfit)}."
        raise Invalid(text, fields={"add_ons": text})
    return Plan(sku, tuple(fitting[code] for code in wanted))


def list_skus(actor: Actor) -> QuerySet[Sku]:
    """The catalogue as `actor` sees it: all of it for the provider, else what its partner sells."""
    if actor.is_provider or actor.partner_id is None:
        return Sku.objects.filter(is_active=True).prefetch_related("add_ons")
    return sellable_skus(actor, actor.partner_id)
