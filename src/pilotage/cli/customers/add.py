"""`pilotage customers add`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import AddOns, Json, PartnerText


def add(
    name: Annotated[str, typer.Argument(help="Organization name.")],
    *,
    email: Annotated[str, typer.Option(help="Notification email: the link goes there.")],
    sku: Annotated[str, typer.Option(help="SKU code.")],
    add_on: AddOns = [],  # noqa: B006 - typer copies it
    expected_domain: Annotated[str, typer.Option(help="Domain the tenant must have.")] = "",
    partner: PartnerText = "",
    json: Json = False,
) -> None:
    """Add a customer as a trial and mail the activation link."""
    load_django()
    from pilotage.cli.acting import command_line, get_partner_named
    from pilotage.cli.customers.shown import print_customer
    from pilotage.onboarding.actions.add_customer import add_customer

    actor = command_line()
    customer = add_customer(
        actor,
        partner_id=get_partner_named(actor, partner).id,
        organization_name=name,
        notification_email=email,
        sku=sku,
        add_ons=add_on,
        expected_domain=expected_domain,
    )
    print_customer(actor, customer.id, as_json=json)
