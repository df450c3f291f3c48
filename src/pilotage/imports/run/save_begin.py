"""Collectors that begin together: all of them and their chains in two statements."""

from typing import Any

from django.db import connection

from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.models import CollectorProgress, ImportChain
from pilotage.imports.store.write import which_are_empty

_SAVE = """
    update imports_collectorprogress p
    set state = v.state, started_at = v.started_at, phase = v.phase, way = v.way,
        is_fresh = v.is_fresh
    from unnest(%(ids)s::bigint[], %(states)s::text[], %(begun)s::timestamptz[], %(phases)s::text[],
        %(ways)s::text[], %(fresh)s::bool[]) as v (id, state, started_at, phase, way, is_fresh)
    where p.id = v.id
"""


def save_begin(begun: list[CollectorProgress], chains: list[ImportChain]) -> None:
    """Save what beginning changes of collectors, and their new chains.

    Call it inside the transaction that holds the lease on.
    """
    ImportChain.objects.bulk_create(chains)
    values: dict[str, Any] = {
        "ids": [progress.id for progress in begun],
        "states": [progress.state for progress in begun],
        "begun": [progress.started_at for progress in begun],
        "phases": [progress.phase for progress in begun],
        "ways": [progress.way for progress in begun],
        "fresh": [progress.is_fresh for progress in begun],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, values)


def unfinished_chains(collectors: list[CollectorProgress]) -> list[ImportChain]:
    """The chains that are still to be read, in their order."""
    by_id = {progress.id: progress for progress in collectors}
    rows = ImportChain.objects.filter(progress_id__in=by_id, is_done=False)
    chains = list(rows.order_by("progress__position", "position"))
    for chain in chains:
        # One object for all, so that counts are kept in one place.
        chain.progress = by_id[chain.progress_id]
    return chains


def never_read(collectors: list[CollectorProgress]) -> list[CollectorProgress]:
    """Those that read the whole list, and of whose kind the customer has had nothing so far."""
    first = [p for p in collectors if not p.is_delta and not p.restarts]
    if not first:
        return []
    tables = {p.collector: BY_NAME[p.collector].table for p in first}
    empty = which_are_empty(tables.values(), first[0].run.customer_id)
    return [p for p in first if tables[p.collector] in empty]
