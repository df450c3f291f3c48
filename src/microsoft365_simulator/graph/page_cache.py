"""Finished answers kept by URL, so that a page asked for again costs next to nothing."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple


class Page(NamedTuple):
    """A finished 200 answer; `body` is gzip when `is_gzip`."""

    body: bytes
    is_gzip: bool
    units: int


Key = tuple[str, int, str]  # tenant id, version of its directory, everything else


class PageCache:
    """The pages used last, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self.size = 0

    def get(self, key: Key) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: Page) -> None:
        self._drop(key)
        self._pages[key] = page
        self.size += len(page.body)
        while self.size > self._limit:
            _, oldest = self._pages.popitem(last=False)
            self.size -= len(oldest.body)

    def forget(self, tenant_id: str) -> None:
        for key in [key for key in self._pages if key[0] == tenant_id]:
            self._drop(key)

    def clear(self) -> None:
        self._pages.clear()
        self.size = 0

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.size -= len(page.body)
