"""The jobs of the import, and what keeps all jobs going."""

from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

from pilotage.imports.jobs import PRIORITY, QUEUE
from pilotage.imports.run.drive import drive
from pilotage.imports.upkeep import purge, rescue

UPKEEP_QUEUE = "upkeep"
# Above all: what brings back the work of a dead worker must not wait behind that work.
UPKEEP_PRIORITY = 100


@app.task(name="run_import", queue=QUEUE, priority=PRIORITY, pass_context=True)
def run_import(context: JobContext, run_id: str) -> None:
    """Work at an import run until it ends, waits, or this worker ends."""
    drive(UUID(run_id), should_stop=context.should_abort)


# Six fields: the seconds come last.
@app.periodic(cron="* * * * * */5")
@app.task(
    name="rescue_jobs", queue=UPKEEP_QUEUE, priority=UPKEEP_PRIORITY, queueing_lock="rescue_jobs"
)
def rescue_jobs(timestamp: int) -> None:
    """Give the work of dead workers to the living."""
    rescue()


@app.periodic(cron="17 * * * *")
@app.task(name="purge_jobs", queue=UPKEEP_QUEUE, queueing_lock="purge_jobs")
def purge_jobs(timestamp: int) -> None:
    """Delete what finished jobs and old runs leave behind."""
    purge()
