"""Create an API token; its secret is shown this once."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, ActorKind, Role
from pilotage.kernel.errors import invalid
from pilotage.partners.api_tokens import sha256_of
from pilotage.partners.errors import MoreThanYouHold, PeopleOnly
from pilotage.partners.models import ApiToken, Operator
from pilotage.partners.queries import get_partner

LONGEST_DAYS = 365


@transaction.atomic
def create_api_token(
    actor: Actor, *, name: str, role: Role, days: int = 90, partner_id: UUID | None = None
) -> tuple[ApiToken, str]:
    """A token for scripts of a partner (default: the actor's own), and its text `plk_…`.

    Raises MoreThanYouHold, PeopleOnly, or Invalid for name and days (1 to 365).
    """
    actor.require(Role.ADMIN)
    if actor.kind is ActorKind.TOKEN:
        raise PeopleOnly
    if not actor.can(role):
        raise MoreThanYouHold
    name = _clean_name(name)
    if not 1 <= days <= LONGEST_DAYS:
        raise invalid("days", f"Choose 1 to {LONGEST_DAYS} days.")
    owner = partner_id or actor.partner_id
    if owner is None:
        raise invalid("partner", "Say which partner the token is for.")
    partner = get_partner(actor, owner)
    public_id, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    now = clock.now()
    token = ApiToken.objects.create(
        partner=partner,
        created_by=_person(actor),
        name=name,
        role=role.value,
        public_id=public_id,
        secret_sha256=sha256_of(secret),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    record(
        actor,
        "token.created",
        partner_id=partner.id,
        message=f"API token “{name}” created with the {role.value} role for {days} days",
        details={"token_id": str(token.id), "name": name, "role": role.value, "days": days},
    )
    return token, f"plk_{public_id}_{secret}"


def _clean_name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > 80 or not name.isprintable():
        raise invalid("name", "Give the token a name of 1 to 80 characters.")
    return name


def _person(actor: Actor) -> Operator | None:
    return Operator.objects.get(id=actor.id) if actor.kind is ActorKind.OPERATOR else None
