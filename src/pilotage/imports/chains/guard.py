"""Keeps a chain of pages from going on for ever."""

import msgspec

from pilotage.microsoft.graph import GraphPage
from pilotage.microsoft.graph.errors import AnswerIsNoList, EndlessPages, LinkLoop

# A million objects are about a thousand pages; empty ones may come in between, but not for ever.
MAX_PAGES = 50_000
MAX_EMPTY_IN_A_ROW = 500


class _List(msgspec.Struct):
    value: list[msgspec.Raw]


class EndlessGuard:
    """Remembers the links of one chain; memory is bounded by MAX_PAGES hashes."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._empty = 0

    def check(self, page: GraphPage) -> None:
        """Raise LinkLoop for a link that came before, EndlessPages for far too many pages.

        Raises AnswerIsNoList for an answer that is no list at all: it must not pass for an
        empty one, which would remove everything.
        """
        if not page.value and not _is_list(page):
            raise AnswerIsNoList(trace=page.trace)
        if not page.next_link:
            return
        mark = hash(page.next_link)
        self._empty = 0 if page.value else self._empty + 1
        if mark in self._seen:
            raise LinkLoop(trace=page.trace)
        if len(self._seen) >= MAX_PAGES or self._empty >= MAX_EMPTY_IN_A_ROW:
            raise EndlessPages(trace=page.trace)
        self._seen.add(mark)


def _is_list(page: GraphPage) -> bool:
    try:
        page.decode(_List)
    except msgspec.ValidationError:
        return False
    return True
