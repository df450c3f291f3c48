"""Revoke an API token: the next request with it is refused."""

from uuid import UUID

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role
from pilotage.partners.errors import ApiTokenNotFound
from pilotage.partners.models import ApiToken
from pilotage.partners.queries import list_api_tokens


@transaction.atomic
def revoke_api_token(actor: Actor, token_id: UUID) -> ApiToken:
    """End a token at once; revoking it twice is once. Raises ApiTokenNotFound."""
    actor.require(Role.ADMIN)
    token = list_api_tokens(actor).select_for_update(of=("self",)).filter(id=token_id).first()
    if token is None:
        raise ApiTokenNotFound
    if token.revoked_at:
        return token
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(
        actor,
        "token.revoked",
        partner_id=token.partner_id,
        message=f"API token “{token.name}” revoked",
        details={"token_id": str(token.id), "name": token.name},
    )
    return token
