"""A run's place on a worker, and when it has to be given up for somebody else's run.

A page is the unit: a run that gives way is queued again with its cursor and goes on from there. So
a partner with long imports delays another partner by some seconds, not by the length of an import.
"""

import time
from collections.abc import Callable
from uuid import UUID

import structlog
from django.db import connection

from pilotage.imports.dispatch.turns import TURNS

log = structlog.get_logger()
ASK_EVERY = 1.0
# Nobody is sent away at once: to begin anew costs a token and a page.
SHORTEST_STAY = 2.0
# With more partners than places, each gets this long at a time.
LONGEST_STAY = 30.0

# Of a partner's runs the least urgent gives way, and of these the one that was taken last. Against
# another partner it does so once it has read a page, so that slow pages cannot starve anybody,
# unless its partner has further runs being read. A second's grace leaves a free worker its time.
_ASK = f"""
    {TURNS}
    select exists (
        select 1 from imports_importrun mine, turn
        where mine.id = %(run)s
        and mine.id = (
            select r.id from imports_importrun r
            where r.partner_id = mine.partner_id and r.state = 'running'
            order by r.purpose desc, r.picked_at desc nulls last limit 1
        )
        and turn.due_since < statement_timestamp() - interval '1 second'
        and case
            when turn.partner_id = mine.partner_id then turn.purpose < mine.purpose
            when turn.busy > 0 then false
            when (select runs from being_read b where b.partner_id = mine.partner_id) > 1 then true
            else mine.idle_starts = 0
                and (turn.purpose < mine.purpose or %(stay)s >= {LONGEST_STAY})
        end
    )
"""  # noqa: S608 - made of constants


class Slot:
    """Call it after each page: whether the run has to be handed back."""

    def __init__(self, run_id: UUID, is_worker_ending: Callable[[], bool]) -> None:
        self._run_id = run_id
        self._is_worker_ending = is_worker_ending
        self._began = self._asked = time.monotonic()

    def __call__(self) -> bool:
        """Whether the worker is ending, or somebody else's run has to have this place."""
        return self._is_worker_ending() or self._has_to_give_way()

    def _has_to_give_way(self) -> bool:
        now = time.monotonic()
        stay = now - self._began
        if stay < SHORTEST_STAY or now - self._asked < ASK_EVERY:
            return False
        self._asked = now
        with connection.cursor() as cursor:
            cursor.execute(_ASK, {"run": self._run_id, "stay": stay})
            (is_wanted,) = cursor.fetchone()
        if is_wanted:
            log.info("import_gives_way", run_id=str(self._run_id), after_seconds=round(stay, 1))
        return bool(is_wanted)
