"""Change role: what an operator may do from the next request on."""

from uuid import UUID

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel.actor import Actor, Role
from pilotage.partners.admins import lock_other_operator, require_another_admin
from pilotage.partners.errors import MoreThanYouHold
from pilotage.partners.models import Operator


@transaction.atomic
def change_role(actor: Actor, operator_id: UUID, *, role: Role) -> Operator:
    """Give another operator a role, at most the actor's own.

    Raises OperatorNotFound, NotYourself, MoreThanYouHold or LastAdmin.
    """
    actor.require(Role.ADMIN)
    operator = lock_other_operator(actor, operator_id)
    if not actor.can(role) or not actor.can(Role(operator.role)):
        raise MoreThanYouHold
    if operator.role == role.value:
        return operator
    require_another_admin(operator)
    before, operator.role = operator.role, role.value
    operator.save(update_fields=["role"])
    record(
        actor,
        "operator.role_changed",
        partner_id=operator.partner_id,
        message=f"{operator.name} is now {role.value}, was {before}",
        details={"operator_id": str(operator.id), "before": before, "after": role.value},
    )
    return operator
