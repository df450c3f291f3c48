"""The onboarding's jobs."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

from pilotage.kernel.actor import system_actor
from pilotage.onboarding.actions.finish_onboarding import finish_onboarding as finish
from pilotage.onboarding.actions.prove_consent import prove_consent as prove
from pilotage.onboarding.actions.resolve_expected_domain import resolve_expected_domain as resolve
from pilotage.onboarding.certificate_expiry import watch_certificate as watch
from pilotage.onboarding.end_lost_proofs import end_lost_proofs
from pilotage.onboarding.expire_links import expire_links as expire
from pilotage.onboarding.jobs import PRIORITY, PROBE_PRIORITY, PROBE_QUEUE, QUEUE
from pilotage.onboarding.probe import probe
from pilotage.onboarding.probe_due import probe_due
from pilotage.onboarding.sessions import forget_old_sessions
from pilotage.onboarding.tries import forget_old_tries

# For what goes wrong on this side, a database that restarts, say: nobody may stay in between.
RETRY = RetryStrategy(max_attempts=10, linear_wait=10)


@app.task(name="prove_consent", queue=QUEUE, priority=PRIORITY, retry=RETRY)
def prove_consent(session_id: str) -> None:
    """Prove the consent of one activation session."""
    prove(system_actor("onboarding"), UUID(session_id))


@app.task(name="finish_onboarding", queue=QUEUE, priority=PRIORITY, retry=RETRY)
def finish_onboarding(customer_id: str, run_id: str) -> None:
    """An import run of this customer has ended."""
    finish(system_actor("onboarding"), UUID(customer_id), UUID(run_id))


@app.task(name="resolve_expected_domain", queue=QUEUE, priority=PRIORITY, retry=3)
def resolve_expected_domain(customer_id: str) -> None:
    """Find out which tenant an expected domain belongs to."""
    resolve(system_actor("onboarding"), UUID(customer_id))


@app.periodic(cron="*/5 * * * *", periodic_id="expire_links")
@app.task(name="expire_links", queue=QUEUE, priority=10)
def expire_links(timestamp: int) -> None:
    """Show which links have expired; whether one works is read from its date, not from here."""
    expire(system_actor("onboarding"))
    end_lost_proofs(system_actor("onboarding"))
    forget_old_tries()
    forget_old_sessions()


@app.task(name="probe_connection", queue=PROBE_QUEUE, priority=PROBE_PRIORITY)
def probe_connection(customer_id: str) -> None:
    """Look at one connection: somebody asked, or a second look is due."""
    probe(system_actor("connections"), UUID(customer_id))


@app.periodic(cron="*/5 * * * *", periodic_id="probe_due_connections")
@app.task(
    name="probe_due_connections",
    queue=PROBE_QUEUE,
    priority=PROBE_PRIORITY,
    queueing_lock="probe_due_connections",
    pass_context=True,
)
def probe_due_connections(context: JobContext, timestamp: int) -> None:
    """The daily look, one customer after the other, so that it holds one worker's slot at most."""
    probe_due(system_actor("connections"), should_stop=context.should_abort)


@app.periodic(cron="23 * * * *", periodic_id="watch_certificate")
@app.task(name="watch_certificate", queue=PROBE_QUEUE, priority=PROBE_PRIORITY)
def watch_certificate(timestamp: int) -> None:
    """Tell in time that the import application's certificate ends."""
    watch(system_actor("connections"))
