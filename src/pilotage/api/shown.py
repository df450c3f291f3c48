"""How one customer is answered."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from pilotage.api.versions import set_etag
from pilotage.customers.queries import get_customer
from pilotage.kernel.actor import Actor
from pilotage.onboarding.allowed_actions import allowed_actions
from pilotage.onboarding.as_json import customer_as_json


def shown_customer(actor: Actor, response: HttpResponse, customer_id: UUID) -> dict[str, Any]:
    """The customer as it is now, with its allowed actions; sets the ETag."""
    customer = get_customer(actor, customer_id)
    set_etag(response, customer)
    actions = [
        {"name": a.name, "allowed": a.allowed, "code": a.code, "reason": a.reason}
        for a in allowed_actions(actor, customer)
    ]
    return {**customer_as_json(customer), "allowed_actions": actions}
