"""From a signed-in person or a token to the Actor that every action and query takes."""

from uuid import UUID

from django.db import connection

from pilotage.kernel.actor import Actor, ActorKind, Role
from pilotage.partners.models import ApiToken, Operator, Partner
from pilotage.partners.models.partner import PartnerKind

_TREE = """
    with recursive tree as (
        select id from partners_partner where id = %s
        union select p.id from partners_partner p join tree on p.parent_id = tree.id
    ) select id from tree
"""


_ABOVE = """
    with recursive up as (
        select id, parent_id from partners_partner where id = %s
        union select p.id, p.parent_id from partners_partner p join up on p.id = up.parent_id
    ) select id from up
"""


def partner_and_below(partner_id: UUID) -> frozenset[UUID]:
    """The ids of a partner and of all partners under it."""
    with connection.cursor() as cursor:
        cursor.execute(_TREE, [partner_id])
        return frozenset(row[0] for row in cursor.fetchall())


def partner_and_above(partner_id: UUID) -> frozenset[UUID]:
    """The ids of a partner and of all partners above it, up to the provider."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [partner_id])
        return frozenset(row[0] for row in cursor.fetchall())


def actor_for_operator(operator: Operator) -> Actor:
    """The actor that a signed-in operator is; read anew on every request."""
    return _actor(ActorKind.OPERATOR, str(operator.id), operator.name, operator.role, operator)


def actor_for_token(token: ApiToken) -> Actor:
    """The actor that a request with an API token is."""
    return _actor(ActorKind.TOKEN, str(token.id), f"API token {token.name}", token.role, token)


def actor_for_partner(base: Actor, partner: Partner) -> Actor:
    """`base`, acting as one partner: how the command line works for a partner."""
    return Actor(
        kind=base.kind,
        id=base.id,
        name=base.name,
        role=base.role,
        partner_id=partner.id,
        partner_ids=partner_and_below(partner.id),
        is_provider=base.is_provider,
    )


def _actor(kind: ActorKind, ident: str, name: str, role: str, owner: Operator | ApiToken) -> Actor:
    partner = owner.partner
    return Actor(
        kind=kind,
        id=ident,
        name=name,
        role=Role(role),
        partner_id=partner.id,
        partner_ids=partner_and_below(partner.id),
        is_provider=partner.kind == PartnerKind.PROVIDER,
    )
