"""Read partners."""

from uuid import UUID

from django.db.models import QuerySet

from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import NotFound
from pilotage.partners.errors import ApiTokenNotFound, OperatorNotFound
from pilotage.partners.models import ApiToken, Operator, Partner


class PartnerNotFound(NotFound):
    """There is no such partner, or it is not yours to see."""


def visible_to(actor: Actor) -> QuerySet[Partner]:
    """The partners that `actor` may see: its own and those below it."""
    rows = Partner.objects.all()
    return rows if actor.is_provider else rows.filter(id__in=actor.partner_ids)


def get_partner(actor: Actor, partner_id: UUID) -> Partner:
    """One partner; raises PartnerNotFound."""
    partner = visible_to(actor).filter(id=partner_id).first()
    if partner is None:
        raise PartnerNotFound
    return partner


def find_partner(actor: Actor, name_or_id: str) -> Partner | None:
    """A partner by id or by exact name (any case), as people type it on the command line."""
    rows = visible_to(actor)
    try:
        return rows.filter(id=UUID(name_or_id)).first()
    except ValueError:
        return rows.filter(name__iexact=name_or_id.strip()).first()


def list_operators(actor: Actor) -> QuerySet[Operator]:
    """The operators of the partners that `actor` may see."""
    rows = Operator.objects.select_related("partner").order_by("name", "id")
    return rows if actor.is_provider else rows.filter(partner_id__in=actor.partner_ids)


def list_api_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The API tokens of the actor's own partner, newest first."""
    rows = ApiToken.objects.select_related("created_by").order_by("-created_at")
    return rows if actor.partner_id is None else rows.filter(partner_id=actor.partner_id)


def get_operator_by_email(actor: Actor, email: str) -> Operator:
    """The operator with that email address; raises OperatorNotFound."""
    operator = list_operators(actor).filter(email=email.strip().lower()).first()
    if operator is None:
        raise OperatorNotFound
    return operator


def get_api_token(actor: Actor, token_id: UUID) -> ApiToken:
    """One API token of the actor's own partner; raises ApiTokenNotFound."""
    token = list_api_tokens(actor).filter(id=token_id).first()
    if token is None:
        raise ApiTokenNotFound
    return token
