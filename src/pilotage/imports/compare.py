"""What is different between two imports of a customer, object by object.

Each run has noted every object that differed from what the run before had left. Between two runs
the notes of all runs in between are put together: what was added and removed again counts not at
all, what changed twice counts once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from pilotage.directory.names import names_of
from pilotage.imports.errors import ImportRunNotFound, NotAnEarlierImport
from pilotage.imports.models import CollectorProgress, ImportRun, ObjectChange
from pilotage.imports.queries import get_run, visible_to
from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import invalid

KINDS = ("added", "changed", "removed", "restored")
_NET = """
    with noted as (
        select c.id, c.collector, c.key, c.second_key, c.change
        from imports_objectchange c join imports_importrun r on r.id = c.run_id
        where r.customer_id = %(customer)s and r.number > %(since)s and r.number <= %(number)s
            and (%(collector)s = '' or c.collector = %(collector)s)
            -- What came first is new as a whole: notes on the way there count nothing twice.
            and not exists (
                select from imports_collectorprogress p
                where p.run_id = c.run_id and p.collector = c.collector and p.is_fresh
            )
    ), ends as (
        select collector, key, second_key, min(id) as id,
            (array_agg(change order by id))[1] as first,
            (array_agg(change order by id desc))[1] as last
        from noted group by collector, key, second_key
    ), net as (
        select *, case
            when last = 'removed' then case when first in ('added', 'restored') then null
                else 'removed' end
            when first in ('added', 'restored') then first
            else 'changed' end as change
        from ends
    )
"""
_COUNTS = "select collector, change, count(*) from net where change is not null group by 1, 2"
_PAGE = """
    select id, collector, key, second_key, change from net
    where change is not null and (%(change)s = '' or change = %(change)s) and id > %(after)s
    order by id limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Between:
    """Two runs of one customer; `since` is None for the state before anything was imported.

    `fresh` are the collectors whose first objects came in between: all of them are new, and none
    is listed. `counts` are objects by collector and kind of change.
    """

    run: ImportRun
    since: ImportRun | None
    counts: dict[str, dict[str, int]]
    fresh: dict[str, int]

    @property
    def total(self) -> int:
        """All objects that are listed."""
        return sum(sum(kinds.values()) for kinds in self.counts.values())


@dataclass(frozen=True, slots=True)
class Change:
    """One object that differs. `details` are properties as {name: [before, now]}."""

    collector: str
    key: str
    second_key: str
    change: str
    name: str
    second_name: str
    details: dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Some of the changes; `next` is the cursor of the page behind, "" for none."""

    changes: list[Change]
    next: str


def compare(actor: Actor, run_id: UUID, since_id: UUID | None = None) -> Between:
    """What differs after `run_id` from what `since_id` left, or the run before it.

    Raises ImportRunNotFound, and NotAnEarlierImport unless `since_id` is an earlier run of the
    same customer.
    """
    run = get_run(actor, run_id)
    since = _since(actor, run, since_id)
    between = Between(run, since, {}, _fresh(run, since))
    with connection.cursor() as cursor:
        cursor.execute(_NET + _COUNTS, _values(between))
        for collector, change, count in cursor.fetchall():
            between.counts.setdefault(collector, {})[change] = count
    return between


def list_changes(
    between: Between, *, collector: str = "", change: str = "", cursor: str = "", size: int = 50
) -> ChangePage:
    """The objects of a comparison, in the order in which they were found to differ.

    Raises Invalid for an unknown kind of change and a cursor that was not made here.
    """
    if change and change not in KINDS:
        raise invalid("change", f"Choose one of: {', '.join(KINDS)}.")
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise invalid("cursor", "This page address is damaged. Start from the first page.")
    values = _values(between, collector) | {
        "change": change, "after": int(cursor or 0), "limit": size + 1,
    }  # fmt: skip
    with connection.cursor() as database:
        database.execute(_NET + _PAGE, values)
        rows = database.fetchall()
    shown = rows[:size]
    return ChangePage(_told(between, shown), str(shown[-1][0]) if len(rows) > size else "")


def _since(actor: Actor, run: ImportRun, since_id: UUID | None) -> ImportRun | None:
    earlier = visible_to(actor).filter(customer_id=run.customer_id, number__lt=run.number)
    if since_id is None:
        return earlier.order_by("-number").first()
    found = earlier.filter(id=since_id).first()
    if found is None:
        if not visible_to(actor).filter(id=since_id).exists():
            raise ImportRunNotFound
        raise NotAnEarlierImport
    return found


def _fresh(run: ImportRun, since: ImportRun | None) -> dict[str, int]:
    """Collectors that began with nothing, and how many objects they brought."""
    rows = CollectorProgress.objects.filter(
        run__customer_id=run.customer_id,
        run__number__gt=since.number if since else 0,
        run__number__lte=run.number,
        is_fresh=True,
        is_carried=False,
        written__gt=0,
    )
    # A retry has taken over what the attempt before had written.
    return dict(rows.order_by("run__number").values_list("collector", "written"))


def _values(between: Between, collector: str = "") -> dict[str, Any]:
    return {
        "customer": between.run.customer_id,
        "since": between.since.number if between.since else 0,
        "number": between.run.number,
        "collector": collector,
    }


def _told(between: Between, rows: Sequence[tuple[Any, ...]]) -> list[Change]:
    keys = {(collector, key, second) for _, collector, key, second, _ in rows}
    details = _details(between, keys)
    ids = {name for _, key, second in keys for name in (key, second) if name}
    names = names_of(between.run.customer_id, ids)
    return [
        Change(
            collector=collector, key=key, second_key=second, change=change,
            name=names.get(key, ""), second_name=names.get(second, ""),
            details=details.get((collector, key, second), {}),
        )
        for _, collector, key, second, change in rows
    ]  # fmt: skip


def _details(
    between: Between, keys: set[tuple[str, str, str]]
) -> dict[tuple[str, str, str], dict[str, list[Any]]]:
    """From the first value before to the last one now; what is as it was is left out."""
    notes = ObjectChange.objects.filter(
        run__customer_id=between.run.customer_id,
        run__number__gt=between.since.number if between.since else 0,
        run__number__lte=between.run.number,
        key__in={key for _, key, _ in keys},
        details__isnull=False,
    ).order_by("id")
    merged: dict[tuple[str, str, str], dict[str, list[Any]]] = {}
    for note in notes:
        found = merged.setdefault((note.collector, note.key, note.second_key), {})
        for name, (before, now) in (note.details or {}).items():
            found[name] = [found[name][0] if name in found else before, now]
    return {
        key: {name: pair for name, pair in found.items() if pair[0] != pair[1]}
        for key, found in merged.items()
    }
