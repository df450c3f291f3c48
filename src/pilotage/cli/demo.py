"""`pilotage demo`: everything on this machine, with sample customers."""

from typing import Annotated

import typer


def demo(
    port: Annotated[int, typer.Option(help="Port of the pages; the next free one if busy.")] = 8000,
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demo's data away.")] = False,
) -> None:
    """Run database, simulator, mailbox, web and worker with sample data until Ctrl-C."""
    from pilotage.demo.processes import run_demo

    run_demo(port=port, reset=reset)
