"""Waiting for an import run to end, with a bar for people."""

import sys
import time
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from pilotage.imports.progress import progress_of
from pilotage.imports.queries import get_run
from pilotage.kernel.actor import Actor

_LOOK_EVERY = 0.5


def wait_for(actor: Actor, run_id: UUID, *, quiet: bool) -> None:
    """Return when the run has ended; shows a bar on a terminal unless `quiet`."""
    is_shown = sys.stderr.isatty() and not quiet
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=Console(stderr=True), disable=not is_shown
    ) as bar:
        task = bar.add_task("Queued", total=100)
        while True:
            run = get_run(actor, run_id)
            shown = progress_of(run)
            words = shown.waiting or shown.state_label
            bar.update(task, completed=shown.percent, description=words)
            if run.is_finished:
                return
            time.sleep(_LOOK_EVERY)
