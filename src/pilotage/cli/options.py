"""Arguments and options that several commands share."""

from datetime import datetime
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]
CustomerText = Annotated[str, typer.Argument(metavar="CUSTOMER", help="Id or exact name.")]
PartnerText = Annotated[str, typer.Option("--partner", metavar="NAME_OR_ID", help="Which partner.")]
AddOns = Annotated[list[str], typer.Option("--add-on", help="Add-on code; may be repeated.")]
Day = Annotated[
    datetime,
    typer.Option(formats=["%Y-%m-%d"], help="A day in the partner's time zone, YYYY-MM-DD."),
]
OptionalDay = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="A day in the partner's time zone, YYYY-MM-DD."),
]
Limit = Annotated[int, typer.Option(help="At most so many rows.", min=1, max=100_000)]
