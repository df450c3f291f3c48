"""Create owner: the provider, if there is none yet, and its first admin."""

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel.actor import Actor, Role
from pilotage.partners.actions.invite_operator import invite_operator
from pilotage.partners.models import Operator, Partner
from pilotage.partners.models.partner import PartnerKind


@transaction.atomic
def create_owner(actor: Actor, *, email: str, name: str, organization: str) -> Operator:
    """Invite an admin of the provider, without mail: the caller shows the set-up link.

    `organization` names the provider when it is created here. Raises what `invite_operator`
    raises, and Forbidden unless the actor is the installation itself or of the provider.
    """
    actor.require(Role.ADMIN)
    actor.require_provider()
    provider, is_new = Partner.objects.get_or_create(
        kind=PartnerKind.PROVIDER, defaults={"name": organization.strip()[:120], "email": email}
    )
    if is_new:
        record(
            actor,
            "partner.added",
            partner_id=provider.id,
            message=f"{provider.name} set up as the provider",
            details={"partner_id": str(provider.id), "kind": "provider"},
        )
    return invite_operator(
        actor, partner_id=provider.id, email=email, name=name, role=Role.ADMIN, by_mail=False
    )
