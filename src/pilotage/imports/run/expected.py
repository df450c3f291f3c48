"""How many objects there are, for the progress bar; only informative, so it may fail."""

from threading import Event

import msgspec

from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.registry import COLLECTORS
from pilotage.imports.models import ImportRun
from pilotage.imports.run.source import Source
from pilotage.microsoft.graph import BatchAnswer, BatchItem
from pilotage.microsoft.graph.errors import GraphError
from pilotage.microsoft.identity.errors import IdentityError

_ADVANCED = {"ConsistencyLevel": "eventual"}


def note_expected(run: ImportRun, source: Source) -> None:
    """Ask once for all counts and keep those that came.

    Source: https://learn.microsoft.com/graph/aad-advanced-queries ($count needs the header).
    """
    listings = [c for c in COLLECTORS if isinstance(c, Listing) and c.is_countable]
    items = [BatchItem(c.name, f"{c.resource}/$count", _ADVANCED) for c in listings]
    try:
        answers = source.client(Event()).batch(items)
    except (GraphError, IdentityError):
        # A server without batches or counts: the run shows what it has read, without a total.
        return
    for answer in answers:
        count = _count_in(answer)
        if count is not None:
            run.collectors.filter(collector=answer.id, page_number=0).update(expected=count)


def _count_in(answer: BatchAnswer) -> int | None:
    if answer.page is None:
        return None
    try:
        count = answer.page.decode(int)
    except msgspec.DecodeError:
        return None
    return count if 0 <= count < 2**31 else None
