"""Deactivate operator: sessions and tokens end in the same moment."""

from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role
from pilotage.partners.admins import lock_other_operator, require_another_admin
from pilotage.partners.errors import MoreThanYouHold
from pilotage.partners.models import ApiToken, Operator


@transaction.atomic
def deactivate_operator(actor: Actor, operator_id: UUID) -> Operator:
    """Shut an operator out; what they did stays in the event log. Twice is once.

    Raises OperatorNotFound, NotYourself, MoreThanYouHold or LastAdmin.
    """
    actor.require(Role.ADMIN)
    operator = lock_other_operator(actor, operator_id)
    if not actor.can(Role(operator.role)):
        raise MoreThanYouHold
    if not operator.is_active:
        return operator
    require_another_admin(operator)
    operator.is_active = False
    operator.save(update_fields=["is_active"])
    tokens = ApiToken.objects.filter(created_by=operator, revoked_at=None).update(
        revoked_at=clock.now()
    )
    sessions = _end_sessions(operator)
    record(
        actor,
        "operator.deactivated",
        partner_id=operator.partner_id,
        message=f"{operator.name} deactivated",
        details={
            "operator_id": str(operator.id),
            "sessions_ended": sessions,
            "tokens_revoked": tokens,
        },
    )
    return operator


def _end_sessions(operator: Operator) -> int:
    """Delete the operator's sessions; a session says whose it is only once it is decoded."""
    live = Session.objects.filter(expire_date__gt=clock.now()).iterator()
    own = [s.pk for s in live if s.get_decoded().get("_auth_user_id") == str(operator.id)]
    return Session.objects.filter(pk__in=own).delete()[0]
