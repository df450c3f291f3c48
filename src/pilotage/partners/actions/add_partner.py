"""Add partner: an organization under the provider or under a distributor."""

from uuid import UUID
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel.actor import Actor, Role
from pilotage.kernel.errors import invalid
from pilotage.partners.errors import NoPartnersBelow, PartnerNameTaken
from pilotage.partners.models import Partner
from pilotage.partners.models.partner import PartnerKind
from pilotage.partners.queries import get_partner


@transaction.atomic
def add_partner(
    actor: Actor,
    *,
    parent_id: UUID,
    name: str,
    email: str,
    kind: str = PartnerKind.PARTNER,
    time_zone: str = "UTC",
) -> Partner:
    """Add a partner or distributor under `parent_id`; `time_zone` is an IANA name.

    Raises NoPartnersBelow, PartnerNameTaken, PartnerNotFound, or Invalid at the field.
    """
    actor.require(Role.ADMIN)
    parent = get_partner(actor, parent_id)
    if parent.kind == PartnerKind.PARTNER:
        raise NoPartnersBelow
    name, email = _check(name, email, kind, time_zone)
    # The parent's row lock makes two submits of the same form take turns.
    Partner.objects.select_for_update().get(id=parent.id)
    if Partner.objects.filter(name__iexact=name, parent=parent).exists():
        raise PartnerNameTaken
    partner = Partner.objects.create(
        parent=parent, kind=kind, name=name, email=email, time_zone=time_zone
    )
    record(
        actor,
        "partner.added",
        partner_id=parent.id,
        message=f"{name} added under {parent.name}",
        details={"partner_id": str(partner.id), "name": name, "kind": str(kind)},
    )
    return partner


def _check(name: str, email: str, kind: str, time_zone: str) -> tuple[str, str]:
    name, email = " ".join(name.split()), email.strip()
    if not name or len(name) > 120 or not name.isprintable():
        raise invalid("name", "Enter the partner's name, at most 120 characters.")
    try:
        validate_email(email)
    except ValidationError as error:
        raise invalid("email", "Enter a full email address.") from error
    if kind not in {PartnerKind.PARTNER, PartnerKind.DISTRIBUTOR}:
        raise invalid("kind", "Choose partner or distributor.")
    if time_zone not in available_timezones():
        raise invalid("time_zone", "Enter a time zone such as Europe/Berlin.")
    return name, email
