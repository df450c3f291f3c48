"""Load catalogue: SKUs and add-ons from a file, by code; what is not in it stays as it is."""

from typing import Annotated

import msgspec
from django.db import transaction

from pilotage.catalog.models import AddOn, Sku
from pilotage.events.record import record
from pilotage.kernel.actor import Actor, Role
from pilotage.kernel.errors import Invalid, invalid
from pilotage.partners.models import Partner
from pilotage.partners.models.partner import PartnerKind

Code = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Description = Annotated[str, msgspec.Meta(max_length=200)]
Seats = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]


class CatalogueUnreadable(Invalid):
    """This file is not a catalogue."""


class AddOnEntry(msgspec.Struct, forbid_unknown_fields=True):
    """An add-on in the file."""

    code: Code
    name: Name
    description: Description = ""
    is_active: bool = True


class SkuEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A SKU in the file. `sold_by` names partners; empty: everybody below the provider sells it."""

    code: Code
    name: Name
    description: Description = ""
    seat_limit: Seats | None = None
    add_ons: list[str] = []
    sold_by: list[str] = []
    is_active: bool = True


class Catalogue(msgspec.Struct, forbid_unknown_fields=True):
    """The file."""

    skus: list[SkuEntry] = []
    add_ons: list[AddOnEntry] = []


@transaction.atomic
def load_catalogue(actor: Actor, *, text: bytes) -> Catalogue:
    """Insert or change what the JSON in `text` lists; SKUs stand in the order of the file.

    Raises CatalogueUnreadable, or Invalid for an add-on or a partner that does not exist.
    """
    actor.require(Role.ADMIN)
    actor.require_provider()
    try:
        catalogue = msgspec.json.decode(text, type=Catalogue)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CatalogueUnreadable(f"This file is not a catalogue: {error}.") from error
    for add_on in catalogue.add_ons:
        AddOn.objects.update_or_create(code=add_on.code, defaults=_fields(add_on))
    for position, sku in enumerate(catalogue.skus):
        _load_sku(sku, position)
    record(
        actor,
        "catalogue.loaded",
        message=f"{len(catalogue.skus)} SKUs and {len(catalogue.add_ons)} add-ons loaded",
        details={"skus": [s.code for s in catalogue.skus]},
    )
    return catalogue


def _load_sku(entry: SkuEntry, position: int) -> None:
    defaults = {**_fields(entry), "seat_limit": entry.seat_limit, "position": position}
    sku, _ = Sku.objects.update_or_create(code=entry.code, defaults=defaults)
    add_ons = list(AddOn.objects.filter(code__in=entry.add_ons))
    missing = set(entry.add_ons) - {add_on.code for add_on in add_ons}
    if missing:
        raise invalid("add_ons", f"{entry.code}: no such add-on: {', '.join(sorted(missing))}.")
    sku.add_ons.set(add_ons)
    sku.sold_by.set(_sellers(entry))


def _sellers(entry: SkuEntry) -> list[Partner]:
    if not entry.sold_by:
        return list(Partner.objects.filter(kind=PartnerKind.PROVIDER))
    sellers = list(Partner.objects.filter(name__in=entry.sold_by))
    missing = set(entry.sold_by) - {partner.name for partner in sellers}
    if missing:
        raise invalid("sold_by", f"{entry.code}: no such partner: {', '.join(sorted(missing))}.")
    return sellers


def _fields(entry: AddOnEntry | SkuEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "description": entry.description,
        "is_active": entry.is_active,
    }
