"""Is a worker alive, and did jobs fail?"""

from collections.abc import Iterator
from datetime import timedelta

from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from pilotage.kernel import clock
from pilotage.kernel.finding import Finding, ok, problem

SILENT_AFTER = timedelta(seconds=15)


def check_worker() -> Iterator[Finding]:
    """The newest heartbeat, and jobs that failed for good."""
    now = clock.now()
    newest = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    if newest is None or now - newest.last_heartbeat > SILENT_AFTER:
        seen = "never" if newest is None else f"{newest.last_heartbeat:%Y-%m-%d %H:%M:%S} UTC"
        yield problem(
            "worker", f"none is running; last heartbeat: {seen}", "Run `pilotage worker`."
        )
    else:
        yield ok("worker", "alive")
    yield _failed(ProcrastinateJob.objects.filter(status="failed").count())


def _failed(count: int) -> Finding:
    if count == 0:
        return ok("jobs", "none has failed")
    text = f"{count} failed for good"
    return problem("jobs", text, "Look for job_error in the worker's log, and report the trace.")
