"""Set up operator: a new person opens the set-up link and chooses a password."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import invalid
from pilotage.partners.access import actor_for_operator
from pilotage.partners.errors import SetUpLinkInvalid
from pilotage.partners.models import Operator
from pilotage.partners.set_up_link import find_operator


@transaction.atomic
def set_up_operator(actor: Actor, *, token: str, password: str) -> Operator:
    """Use a set-up link, once; `actor` is the visitor, who becomes the operator.

    Raises SetUpLinkInvalid, or Invalid for a password that is too weak.
    """
    operator = find_operator(token, for_update=True)
    if operator is None:
        raise SetUpLinkInvalid
    try:
        validate_password(password, operator)
    except ValidationError as error:
        raise invalid("password", " ".join(error.messages)) from error
    operator.set_password(password)
    operator.set_up_at = clock.now()
    operator.save(update_fields=["password", "set_up_at"])
    record(
        actor_for_operator(operator),
        "operator.set_up",
        message=f"{operator.name} set up their account",
        details={"operator_id": str(operator.id), "through": actor.name},
    )
    return operator
