"""`pilotage worker`: does the jobs (mails, consent proofs, imports)."""

from typing import Annotated

import typer

from pilotage.cli.django_ready import require_settings


def worker(
    imports: Annotated[int, typer.Option(help="Imports at the same time.", min=1, max=64)] = 3,
    others: Annotated[int, typer.Option(help="Other jobs at the same time.", min=1, max=64)] = 4,
) -> None:
    """Do jobs until SIGTERM or Ctrl-C; imports stop after the page they are at."""
    require_settings("worker")
    from pilotage.cli.job_loop import run
    from pilotage.cli.lean import be_lean

    be_lean()
    run(imports=imports, others=others)
