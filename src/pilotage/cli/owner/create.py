"""`pilotage owner create`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json


def create(
    email: Annotated[str, typer.Option(help="The owner's email address, to sign in with.")],
    name: Annotated[str, typer.Option(help="The owner's name.")],
    organization: Annotated[str, typer.Option(help="The provider's name, when it is new.")] = (
        "Provider"
    ),
    renew: Annotated[bool, typer.Option("--renew", help="A new link for the same owner.")] = False,
    json: Json = False,
) -> None:
    """Create the owner and print a set-up link that works once, for 24 hours."""
    load_django()
    from pilotage.cli.acting import command_line
    from pilotage.cli.output import print_json, say
    from pilotage.kernel import clock
    from pilotage.partners.actions.create_owner import create_owner
    from pilotage.partners.actions.renew_set_up_link import renew_set_up_link
    from pilotage.partners.queries import get_operator_by_email
    from pilotage.partners.set_up_link import VALID_FOR, address_of

    actor = command_line()
    if renew:
        operator = get_operator_by_email(actor, email)
        operator, expires_at = renew_set_up_link(actor, operator.id, by_mail=False)
    else:
        operator = create_owner(actor, email=email, name=name, organization=organization)
        expires_at = clock.now() + VALID_FOR
    address = address_of(operator, expires_at=expires_at)
    if json:
        shown = {"id": str(operator.id), "email": operator.email, "set_up_link": address}
        print_json({**shown, "expires_at": expires_at.isoformat()})
        return
    say(f"{operator.name} is set up as an admin of {operator.partner.name}.")
    say("Open this link to choose a password and two-step sign-in; it works once, for 24 hours:")
    say(address)
