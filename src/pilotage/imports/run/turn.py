"""Going through the collectors of a run, as far as this worker gets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from pilotage.customers.models import TenantConnection
from pilotage.events.record import record
from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.errors import InternalError, NotConnected
from pilotage.imports.models import ImportChain, ImportRun, Phase, RunState, RunWait
from pilotage.imports.run.crew import Crew
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.note_error import IMPORT, Where, note
from pilotage.imports.run.source import Source
from pilotage.imports.run.stops import CannotGoOn, ConsentLost, HasToWait
from pilotage.imports.run.survey import survey
from pilotage.imports.run.verdict import Means, Situation, judge
from pilotage.kernel import clock
from pilotage.kernel.errors import PilotageError
from pilotage.microsoft.graph.errors import PermissionMissing

MAX_IDLE_STARTS = 10


@contextmanager
def _lost_commits_allowed() -> Iterator[None]:
    """Do not wait for the disk: a lost page loses rows and cursor together, and is read again."""
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
    try:
        yield
    finally:
        if not connection.in_atomic_block and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("set synchronous_commit = on")


class Turn:
    """What one worker does for one run; raises the stops of a run."""

    def __init__(self, lease: Lease, should_stop: Callable[[], bool]) -> None:
        self._lease = lease
        self._run = ImportRun.objects.select_related("customer__partner").get(id=lease.run_id)
        self._source = Source(self._run.tenant_id)
        self._all = list(self._run.collectors.all())
        for progress in self._all:
            # One object for all, so that none of them fetches the run again.
            progress.run = self._run
        self._crew = Crew(lease, self._source, self._all, should_stop, self._is_worth_another_try)

    def work(self) -> None:
        """Take the collectors to their ends.

        The first one goes alone: it finds out whether the tenant can be read at all.
        """
        self._lease.renew()
        RunWait.objects.filter(run=self._run, ended_at=None).update(ended_at=clock.now())
        self._bound = self._connection()
        self._announce()
        if self._lease.is_first:
            # A kept token may lack what was granted since.
            self._source.forget_token()
        with _lost_commits_allowed():
            self._read()

    def _read(self) -> None:
        self._crew.work({self._all[0].collector})
        survey(self._run, self._lease, self._source, self._all, self._crew.look_around)
        self._crew.work({progress.collector for progress in self._all})

    def _connection(self) -> TenantConnection:
        if self._lease.idle_starts > MAX_IDLE_STARTS:
            raise CannotGoOn(InternalError())
        connection = TenantConnection.objects.filter(
            customer_id=self._run.customer_id, tenant_id=self._run.tenant_id, released_at=None
        ).first()
        if connection is None:
            raise CannotGoOn(NotConnected())
        return connection

    def _announce(self) -> None:
        if not self._lease.is_first and not self._lease.is_rescue:
            return
        name = "import.started" if self._lease.is_first else "import.resumed"
        message = f"Import {self._run.number} started"
        if self._lease.is_rescue:
            note(Where(self._run), "worker_lost")
            message = f"Import {self._run.number} goes on after its worker was lost"
        details = {"run_id": str(self._run.id), "number": self._run.number}
        record(IMPORT, name, customer=self._run.customer, message=message, details=details)

    def _is_worth_another_try(self, error: PilotageError, chain: ImportChain) -> bool:
        """Whether to read the collector anew, or to give it up; raises the stops of a run."""
        verdict = judge(error, self._situation(error, chain))
        if verdict.reason is not None and verdict.until is not None:
            self._source.forget_token()
            raise HasToWait(verdict.reason, verdict.until, error, chain.progress) from error
        if verdict.means is Means.CONSENT_LOST:
            raise ConsentLost(error) from error
        if verdict.means is Means.END_RUN:
            raise CannotGoOn(error) from error
        return verdict.means is Means.RESTART

    def _situation(self, error: PilotageError, chain: ImportChain) -> Situation:
        is_asked = isinstance(error, PermissionMissing)
        collector = BY_NAME[chain.progress.collector]
        return Situation(
            progress=chain.progress,
            bound_at=self._bound.bound_at,
            has_read=self._has_read(self._bound),
            has_waited=any(progress.tries for progress in self._all),
            has_place=bool(chain.cursor) or chain.progress.phase == Phase.CHANGES,
            chain_restarts=chain.restarts,
            is_granted=not is_asked or self._source.is_granted(collector),
            now=clock.now(),
        )

    def _has_read(self, connection: TenantConnection) -> bool:
        """Whether this consent has let something be read before."""
        if any(progress.page_number for progress in self._all):
            return True
        good = ImportRun.objects.filter(
            customer_id=self._run.customer_id, finished_at__gt=connection.bound_at,
            state__in=[RunState.SUCCEEDED, RunState.PARTIALLY_SUCCEEDED],
        )  # fmt: skip
        return good.exists()
