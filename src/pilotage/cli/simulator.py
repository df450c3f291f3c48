"""`pilotage simulator`: the Microsoft 365 simulator in the box."""

import typer


def simulator(context: typer.Context) -> None:
    """Run the Microsoft 365 simulator; takes the options of `python -m microsoft365_simulator`."""
    from microsoft365_simulator.__main__ import parsed
    from microsoft365_simulator.server import run

    run(parsed(context.args))
