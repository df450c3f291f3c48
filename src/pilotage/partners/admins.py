"""Rules about acting on other operators."""

from uuid import UUID

from pilotage.kernel.actor import Actor, ActorKind, Role
from pilotage.partners.errors import LastAdmin, NotYourself, OperatorNotFound, PeopleOnly
from pilotage.partners.models import Operator, Partner
from pilotage.partners.queries import list_operators


def lock_other_operator(actor: Actor, operator_id: UUID) -> Operator:
    """An operator that `actor` may act on, its partner's row locked with it.

    Raises OperatorNotFound, NotYourself, and PeopleOnly for a token.
    """
    if actor.kind is ActorKind.TOKEN:
        raise PeopleOnly
    found = list_operators(actor).filter(id=operator_id).values("id", "partner_id").first()
    if found is None:
        raise OperatorNotFound
    if actor.kind is ActorKind.OPERATOR and str(operator_id) == actor.id:
        raise NotYourself
    # Two admins that demote each other at the same moment take turns on their partner's row.
    Partner.objects.select_for_update().get(id=found["partner_id"])
    return Operator.objects.select_for_update(of=("self",)).get(id=operator_id)


def require_another_admin(operator: Operator) -> None:
    """Raise LastAdmin if `operator` is the only active admin of its partner."""
    if operator.role != Role.ADMIN.value or not operator.is_active:
        return
    others = Operator.objects.filter(
        partner_id=operator.partner_id, role=Role.ADMIN.value, is_active=True
    ).exclude(id=operator.id)
    if not others.exists():
        raise LastAdmin
