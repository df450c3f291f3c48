"""Renew set-up link: the earlier one stops working, a new one is valid for 24 hours."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, ActorKind, Role
from pilotage.kernel.errors import Conflict
from pilotage.partners.actions.invite_operator import queue_set_up_mail
from pilotage.partners.errors import MoreThanYouHold, OperatorNotFound, PeopleOnly
from pilotage.partners.models import Operator
from pilotage.partners.queries import list_operators
from pilotage.partners.set_up_link import VALID_FOR


class AlreadySetUp(Conflict):
    """This operator has set up the account already."""


@transaction.atomic
def renew_set_up_link(
    actor: Actor, operator_id: UUID, *, by_mail: bool = True
) -> tuple[Operator, datetime]:
    """The operator and when the new link ends; see `set_up_link.address_of` for its text.

    Raises OperatorNotFound, AlreadySetUp, MoreThanYouHold or PeopleOnly.
    """
    actor.require(Role.ADMIN)
    if actor.kind is ActorKind.TOKEN:
        raise PeopleOnly
    operator = list_operators(actor).select_for_update(of=("self",)).filter(id=operator_id).first()
    if operator is None:
        raise OperatorNotFound
    if not actor.can(Role(operator.role)):
        raise MoreThanYouHold
    if operator.set_up_at:
        raise AlreadySetUp
    operator.set_unusable_password()
    operator.save(update_fields=["password"])
    expires_at = clock.now() + VALID_FOR
    record(
        actor,
        "operator.set_up_link_renewed",
        partner_id=operator.partner_id,
        message=f"New set-up link for {operator.name}",
        details={"operator_id": str(operator.id)},
    )
    if by_mail:
        queue_set_up_mail(operator, expires_at)
    return operator, expires_at
