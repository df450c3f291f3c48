"""Going through the collectors of a run, as far as this worker gets."""

from collections.abc import Callable

from pilotage.customers.models import TenantConnection
from pilotage.events.record import record
from pilotage.imports.collectors.collector import Members
from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.errors import CollectorNeeded, InternalError, NotConnected
from pilotage.imports.models import CollectorProgress, CollectorState, ImportRun, RunState
from pilotage.imports.run.collect import Collecting
from pilotage.imports.run.expected import note_expected
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.note_error import IMPORT
from pilotage.imports.run.source import Source
from pilotage.imports.run.stops import CannotGoOn, ConsentLost, HasToWait
from pilotage.imports.run.verdict import Means, Situation, judge
from pilotage.kernel import clock
from pilotage.kernel.errors import PilotageError
from pilotage.microsoft.graph.errors import PermissionMissing

MAX_IDLE_STARTS = 10
_ENDED = {CollectorState.SUCCEEDED, CollectorState.FAILED, CollectorState.SKIPPED}


class Turn:
    """What one worker does for one run; raises the stops of a run."""

    def __init__(self, lease: Lease, should_stop: Callable[[], bool]) -> None:
        self._lease = lease
        self._should_stop = should_stop
        self._run = ImportRun.objects.select_related("customer__partner").get(id=lease.run_id)
        self._source = Source(self._run.tenant_id)
        self._all = list(self._run.collectors.all())
        for progress in self._all:
            # One object for all, so that none of them fetches the run again.
            progress.run = self._run

    def work(self) -> None:
        """Take the collectors to their ends, one after the other."""
        self._lease.renew()
        connection = self._connection()
        self._announce()
        if self._lease.is_first:
            # A kept token may lack what was granted since.
            self._source.forget_token()
        for progress in self._all:
            if progress.state not in _ENDED:
                self._collect(self._collecting(progress), connection)
                if progress.position == 0:
                    note_expected(self._run, self._source)
                    self._refresh_expected()

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
            message = f"Import {self._run.number} goes on after its worker was lost"
        details = {"run_id": str(self._run.id), "number": self._run.number}
        record(IMPORT, name, customer=self._run.customer, message=message, details=details)

    def _collecting(self, progress: CollectorProgress) -> Collecting:
        collector = BY_NAME[progress.collector]
        return Collecting(self._lease, self._source, progress, collector, self._should_stop)

    def _collect(self, work: Collecting, connection: TenantConnection) -> None:
        if self._lacks_what_it_needs(work):
            work.give_up(CollectorNeeded(), is_skipped=True)
            return
        is_again = True
        while is_again:
            try:
                work.read()
                is_again = False
            except PilotageError as error:
                is_again = self._go_on_after(error, work, connection)

    def _go_on_after(
        self, error: PilotageError, work: Collecting, connection: TenantConnection
    ) -> bool:
        """Whether to try the collector again at once; raises the stops of a run."""
        verdict = judge(error, self._situation(error, work, connection))
        if verdict.reason is not None and verdict.until is not None:
            self._source.forget_token()
            raise HasToWait(verdict.reason, verdict.until, error, work.progress) from error
        if verdict.means is Means.CONSENT_LOST:
            raise ConsentLost(error) from error
        if verdict.means is Means.END_RUN:
            raise CannotGoOn(error) from error
        if verdict.means is Means.RESTART:
            work.restart()
            return True
        work.give_up(error)
        return False

    def _situation(
        self, error: PilotageError, work: Collecting, connection: TenantConnection
    ) -> Situation:
        is_asked = isinstance(error, PermissionMissing)
        return Situation(
            progress=work.progress,
            bound_at=connection.bound_at,
            has_read=self._has_read(connection),
            is_granted=not is_asked or self._source.is_granted(work.collector),
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

    def _lacks_what_it_needs(self, work: Collecting) -> bool:
        if not isinstance(work.collector, Members):
            return False
        states = {progress.collector: progress.state for progress in self._all}
        return states[work.collector.of] != CollectorState.SUCCEEDED

    def _refresh_expected(self) -> None:
        """`note_expected` writes past the objects here; their next save must not undo it."""
        for progress in self._all[1:]:
            progress.refresh_from_db(fields=["expected"])
