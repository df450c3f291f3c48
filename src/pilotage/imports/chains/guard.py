"""Keeps a chain of pages from going on for ever."""

from pilotage.microsoft.graph import GraphPage
from pilotage.microsoft.graph.errors import LinkLoop

# A million objects are about a thousand pages; empty ones may come in between, but not for ever.
MAX_PAGES = 50_000
MAX_EMPTY_IN_A_ROW = 500


class EndlessGuard:
    """Remembers the links of one chain; memory is bounded by MAX_PAGES hashes."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._empty = 0

    def check(self, page: GraphPage) -> None:
        """Raise LinkLoop for a link that came before, and for far too many pages."""
        if not page.next_link:
            return
        mark = hash(page.next_link)
        self._empty = 0 if page.value else self._empty + 1
        is_endless = len(self._seen) >= MAX_PAGES or self._empty >= MAX_EMPTY_IN_A_ROW
        if mark in self._seen or is_endless:
            raise LinkLoop(trace=page.trace)
        self._seen.add(mark)
