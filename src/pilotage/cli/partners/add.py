"""`pilotage partners add`."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json


def add(
    name: Annotated[str, typer.Argument(help="Organization name.")],
    *,
    email: Annotated[str, typer.Option(help="Where customers reach the partner.")],
    parent: Annotated[str, typer.Option(help="Distributor; absent: the provider.")] = "",
    kind: Annotated[str, typer.Option(help="partner or distributor.")] = "partner",
    time_zone: Annotated[str, typer.Option(help="Such as Europe/Berlin.")] = "UTC",
    json: Json = False,
) -> None:
    """Add a partner under the provider or under a distributor."""
    load_django()
    from pilotage.cli.acting import command_line, get_partner_named, get_provider
    from pilotage.cli.output import print_json, say
    from pilotage.partners.actions.add_partner import add_partner
    from pilotage.partners.as_json import partner_as_json

    actor = command_line()
    above = get_partner_named(actor, parent) if parent else get_provider(actor)
    partner = add_partner(
        actor, parent_id=above.id, name=name, email=email, kind=kind, time_zone=time_zone
    )
    if json:
        print_json(partner_as_json(partner))
    else:
        say(f"{partner.name} added under {above.name}: {partner.id}")
