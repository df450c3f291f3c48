"""What is asked before any list is begun: how much there is, and where changes will be told from.

A link for changes that is taken before a list is begun makes it sound to read the list in parts,
side by side: whatever moves or changes meanwhile is told in the end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

import msgspec

from pilotage.imports.collectors.collector import Collector, Listing
from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.collectors.users import USERS
from pilotage.imports.models import CollectorProgress, CollectorState, ImportRun, Phase, RunKind
from pilotage.imports.run.aside import aside
from pilotage.imports.run.delta_links import delta_resource, find_links, latest_path
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.source import Source
from pilotage.microsoft.graph import BatchAnswer, BatchItem, GraphClient, GraphPage
from pilotage.microsoft.graph.errors import GraphError, ObjectGone, RequestRefused
from pilotage.microsoft.identity.errors import IdentityError

_ADVANCED = {"ConsistencyLevel": "eventual"}
_COUNT, _LINK = "count", "link"


@dataclass(slots=True)
class _Known:
    """What the tenant has told, by collector."""

    counts: dict[str, int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    units: float = 0.0


def survey(
    run: ImportRun,
    lease: Lease,
    source: Source,
    all_: list[CollectorProgress],
    look_around: Callable[[], None],
) -> None:
    """Give the collectors that have not begun their totals and links; only what came.

    A server without batches, counts or changes is read all the same: in one chain, and whole.
    """
    waiting = [p for p in all_ if p.state == CollectorState.PENDING and p.phase == Phase.NONE]
    links = find_links(run) if run.kind == RunKind.DELTA else {}
    for progress in waiting:
        if delta_resource(BY_NAME[progress.collector]):
            progress.delta_link = links.get(progress.collector, "")
            progress.is_delta = bool(progress.delta_link)
    whole = [progress for progress in waiting if not progress.is_delta]
    collectors = [BY_NAME[progress.collector] for progress in whole]
    known = aside(lambda stopped: _ask(source.client(stopped), collectors), look_around, _Known())
    for progress in whole:
        progress.expected = known.counts.get(progress.collector)
        progress.delta_link = known.links.get(progress.collector, "")
    fields = ["expected", "delta_link", "is_delta"]
    CollectorProgress.objects.bulk_update(waiting, fields)
    lease.renew(units=known.units)
    users = next((p.expected for p in all_ if p.collector == USERS.name), None)
    if users is not None:
        source.client(Event()).know_size(users)


def ask_for_link(source: Source, collector: Collector, look_around: Callable[[], None]) -> str:
    """A link that tells everything from now on, "" where there is none."""
    known = aside(lambda stopped: _ask(source.client(stopped), [collector]), look_around, _Known())
    return known.links.get(collector.name, "")


def _ask(client: GraphClient, collectors: list[Collector]) -> _Known:
    items = [
        BatchItem(f"{_COUNT} {c.name}", f"{c.resource}/$count", _ADVANCED)
        for c in collectors
        if isinstance(c, Listing) and c.is_countable
    ]
    with_changes = [c for c in collectors if delta_resource(c)]
    items += [BatchItem(f"{_LINK} {c.name}", latest_path(c)) for c in with_changes]
    if not items:
        return _Known()
    try:
        return _sorted(client.batch(items))
    except (RequestRefused, ObjectGone):
        return _one_by_one(client, with_changes)
    except (GraphError, IdentityError):
        # What hinders Microsoft from answering shows itself with the first page.
        return _Known()


def _one_by_one(client: GraphClient, collectors: list[Collector]) -> _Known:
    """The links, where there are no batches."""
    known = _Known()
    for collector in collectors:
        try:
            page = client.get(latest_path(collector))
        except (GraphError, IdentityError):
            continue
        known.units += page.resource_units or 0.0
        known.links[collector.name] = _link_in(page)
    return known


def _sorted(answers: list[BatchAnswer]) -> _Known:
    known = _Known()
    for answer in answers:
        if answer.page is None:
            continue
        known.units += answer.page.resource_units or 0.0
        kind, _, name = answer.id.partition(" ")
        if kind == _LINK:
            known.links[name] = _link_in(answer.page)
        elif (count := _count_in(answer.page)) is not None:
            known.counts[name] = count
    return known


def _link_in(page: GraphPage) -> str:
    """A server that does not know "latest" begins the whole list instead."""
    return page.delta_link if not page.value and not page.next_link else ""


def _count_in(page: GraphPage) -> int | None:
    try:
        count = page.decode(int)
    except msgspec.DecodeError:
        return None
    return count if 0 <= count < 2**31 else None
