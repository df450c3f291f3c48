"""Invite operator: an account that waits for its person to choose a password."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, ActorKind, Role
from pilotage.kernel.errors import invalid
from pilotage.mail.queue import queue_mail
from pilotage.partners.errors import EmailTaken, MoreThanYouHold, PeopleOnly
from pilotage.partners.models import Operator
from pilotage.partners.queries import get_partner
from pilotage.partners.set_up_link import VALID_FOR


@transaction.atomic
def invite_operator(
    actor: Actor,
    *,
    partner_id: UUID,
    email: str,
    name: str,
    role: Role,
    by_mail: bool = True,
) -> Operator:
    """Add an operator to a partner; with `by_mail` the set-up link goes out, valid 24 hours.

    Raises MoreThanYouHold, PeopleOnly, EmailTaken, PartnerNotFound, or Invalid at the field.
    """
    actor.require(Role.ADMIN)
    if actor.kind is ActorKind.TOKEN:
        raise PeopleOnly
    if not actor.can(role):
        raise MoreThanYouHold
    partner = get_partner(actor, partner_id)
    email, name = _check(email, name)
    try:
        with transaction.atomic():
            operator = Operator.objects.create_user(
                email, partner=partner, name=name, role=role.value, created_at=clock.now()
            )
    except IntegrityError as error:
        raise EmailTaken(fields={"email": EmailTaken().text}) from error
    record(
        actor,
        "operator.invited",
        partner_id=partner.id,
        message=f"{name} ({email}) invited as {role.value}",
        details={"operator_id": str(operator.id), "email": email, "role": role.value},
    )
    if by_mail:
        queue_set_up_mail(operator, clock.now() + VALID_FOR)
    return operator


def queue_set_up_mail(operator: Operator, expires_at: datetime) -> None:
    """Mail the set-up link to the operator; once for each link."""
    # The unusable password is another one for each link, so it tells the links apart.
    link = hashlib.sha256(operator.password.encode()).hexdigest()[:16]
    queue_mail(
        "operator_set_up",
        key=f"operator_set_up:{operator.id}:{link}",
        to=operator.email,
        partner_id=operator.partner_id,
        context={"operator_id": str(operator.id), "expires_at": expires_at.isoformat()},
    )


def _check(email: str, name: str) -> tuple[str, str]:
    email, name = email.strip().lower(), " ".join(name.split())
    try:
        validate_email(email)
    except ValidationError as error:
        raise invalid("email", "Enter a full email address, like kim@example.com.") from error
    if not name or len(name) > 120 or not name.isprintable():
        raise invalid("name", "Enter the person's name, at most 120 characters.")
    return email, name
