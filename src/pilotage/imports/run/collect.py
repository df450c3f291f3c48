"""Carrying out one collector, from where it stands to its end."""

import time
from collections.abc import Callable
from threading import Event

import structlog
from django.db import transaction

from pilotage.imports.chains.choose import chain_named, plainer_chain
from pilotage.imports.chains.members_by_container import MembersByContainer
from pilotage.imports.chains.step import Chain, NotOffered
from pilotage.imports.collectors.collector import Collector
from pilotage.imports.models import CollectorProgress, CollectorState
from pilotage.imports.run.commit_page import commit_page
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.note_error import Where, note_error
from pilotage.imports.run.read_ahead import ReadAhead
from pilotage.imports.run.source import Source
from pilotage.imports.run.stops import ToldToStop
from pilotage.imports.store.seen import forget
from pilotage.imports.store.write import is_empty
from pilotage.kernel import clock
from pilotage.kernel.errors import PilotageError
from pilotage.microsoft.graph.errors import RequestRefused

log = structlog.get_logger()


class Collecting:
    """One collector at work under one lease; what it saves is fenced by the lease."""

    def __init__(
        self,
        lease: Lease,
        source: Source,
        progress: CollectorProgress,
        collector: Collector,
        should_stop: Callable[[], bool],
    ) -> None:
        self.progress = progress
        self.collector = collector
        self._lease = lease
        self._source = source
        self._should_stop = should_stop

    def read(self) -> None:
        """Read to the end; raises what the client raises, and the stops of a run."""
        self._begin()
        chain = chain_named(self.collector, self.progress.chain)
        while True:
            try:
                return self._read(chain)
            except NotOffered as refusal:
                plainer = plainer_chain(self.collector, chain.name)
                if plainer is None:
                    raise refusal.__cause__ or RequestRefused() from refusal
                log.info("plainer_chain", collector=self.collector.name, chain=plainer.name)
                self._change(chain, plainer)
                chain = plainer

    def restart(self) -> None:
        """Begin the list anew: Microsoft no longer knows the page. What is stored is merged."""
        self.progress.restarts += 1
        self._begin_anew()

    def give_up(self, error: PilotageError, *, is_skipped: bool = False) -> None:
        """Note that this collector failed, or was left out; the others go on."""
        progress = self.progress
        progress.state = CollectorState.SKIPPED if is_skipped else CollectorState.FAILED
        progress.finished_at = clock.now()
        progress.errors += 1
        with transaction.atomic():
            self._lease.renew()
            progress.save()
            where = Where(progress.run, self.collector.name, progress.page_number + 1)
            note_error(where, error)

    def _read(self, chain: Chain) -> None:
        stopped = Event()
        client = self._source.client(stopped)
        customer_id, cursor = self.progress.run.customer_id, self.progress.cursor
        ahead = ReadAhead(stopped, self._look_around)
        began = time.monotonic()
        for step in ahead.steps(lambda: chain.steps(client, customer_id, cursor)):
            commit_page(self._lease, self.progress, self.collector, step, began)
            began = time.monotonic()
            self._stop_if_told()

    def _look_around(self) -> None:
        """While a page is waited for: hold the lease on, and notice that the run was stopped."""
        self._stop_if_told()
        self._lease.renew()

    def _stop_if_told(self) -> None:
        if self._should_stop():
            raise ToldToStop

    def _begin(self) -> None:
        progress = self.progress
        if progress.started_at is None:
            progress.started_at = clock.now()
        if not progress.page_number and not progress.restarts:
            progress.is_fresh = is_empty(self.collector.table, progress.run.customer_id)
        progress.state = CollectorState.RUNNING
        self._save()

    def _change(self, old: Chain, new: Chain) -> None:
        """Go on with another way of reading; a cursor is only good where it came from."""
        self.progress.chain = new.name
        if isinstance(old, MembersByContainer) and isinstance(new, MembersByContainer):
            self._save()
        else:
            self._begin_anew()

    def _begin_anew(self) -> None:
        progress = self.progress
        progress.cursor, progress.page_number, progress.read = "", 0, 0
        # From here on what the first pass has stored may be gone, so all is to be seen again.
        progress.is_fresh, progress.has_unknown = False, False
        with transaction.atomic():
            self._lease.renew()
            forget(progress.run_id, self.collector.name)
            progress.save()

    def _save(self) -> None:
        with transaction.atomic():
            self._lease.renew()
            self.progress.save()
