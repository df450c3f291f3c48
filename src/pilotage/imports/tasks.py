"""The jobs of the import, and what keeps all jobs going."""

from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

from pilotage.imports.dispatch.pick import pick_run, wake_for_what_is_due
from pilotage.imports.dispatch.slot import Slot
from pilotage.imports.figures.count_runs import count_runs
from pilotage.imports.jobs import PRIORITY, QUEUE, TASK
from pilotage.imports.nightly.plan import plan_nightly
from pilotage.imports.run.drive import drive
from pilotage.imports.upkeep import purge, rescue

UPKEEP_QUEUE = "upkeep"
# Above all: what brings back the work of a dead worker must not wait behind that work.
UPKEEP_PRIORITY = 100


@app.task(name=TASK, queue=QUEUE, priority=PRIORITY, pass_context=True)
def next_import(context: JobContext) -> None:
    """Work at the import whose turn it is until it ends, waits, gives way, or the worker ends."""
    run_id = pick_run()
    if run_id is None:
        return
    # Before the work: the next free place, here or on another worker, must not wait for its end.
    wake_for_what_is_due()
    drive(run_id, should_stop=Slot(run_id, context.should_abort))


# Six fields: the seconds come last.
@app.periodic(cron="* * * * * */5")
@app.task(
    name="rescue_jobs", queue=UPKEEP_QUEUE, priority=UPKEEP_PRIORITY, queueing_lock="rescue_jobs"
)
def rescue_jobs(timestamp: int) -> None:
    """Give the work of dead workers to the living."""
    rescue()


@app.periodic(cron="* * * * *")
@app.task(name="plan_nightly_imports", queue=UPKEEP_QUEUE, queueing_lock="plan_nightly_imports")
def plan_nightly_imports(timestamp: int) -> None:
    """Start the nightly imports whose moment has come."""
    plan_nightly()


@app.periodic(cron="* * * * * */15")
@app.task(name="count_runs", queue=UPKEEP_QUEUE, queueing_lock="count_runs")
def count_ended_runs(timestamp: int) -> None:
    """Add the runs that have ended to the metrics' totals."""
    count_runs()


@app.periodic(cron="17 * * * *")
@app.task(name="purge_jobs", queue=UPKEEP_QUEUE, queueing_lock="purge_jobs")
def purge_jobs(timestamp: int) -> None:
    """Delete what finished jobs and old runs leave behind."""
    purge()
