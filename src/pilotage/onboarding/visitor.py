"""Who acts during an activation: a visitor without an account."""

from uuid import UUID

from pilotage.kernel.actor import Actor, ActorKind, Role
from pilotage.onboarding.models import ActivationLink, ActivationSession

# Matches no customer: a visitor who has shown no link sees nothing.
_NOBODY = UUID(int=0)


def visitor() -> Actor:
    """Somebody who has opened a page of ours and shown nothing yet."""
    return Actor(ActorKind.CUSTOMER_ADMIN, "visitor", "A visitor", Role.VIEWER, customer_id=_NOBODY)


def holder_of(link: ActivationLink) -> Actor:
    """Somebody who holds a customer's activation link, and sees that one customer."""
    return Actor(
        ActorKind.CUSTOMER_ADMIN,
        id="link",
        name="Holder of the activation link",
        role=Role.VIEWER,
        customer_id=link.customer_id,
    )


def admin_of(session: ActivationSession) -> Actor:
    """The signed-in admin of a session, or the link's holder before the sign-in."""
    if session.admin_oid is None:
        return holder_of(session.link)
    return Actor(
        ActorKind.CUSTOMER_ADMIN,
        id=f"{session.admin_tenant_id}/{session.admin_oid}",
        name=f"{session.admin_name} ({session.admin_username})"[:200],
        role=Role.VIEWER,
        customer_id=session.link.customer_id,
    )
