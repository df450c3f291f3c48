"""Faults of listings: links that lead nowhere good, items twice or on the wrong page."""

from __future__ import annotations

import re

import msgspec

from microsoft365_simulator.faults.answers import decoded
from microsoft365_simulator.faults.engine import PAGE, ActiveFault, Facts, FaultEngine

_LINK = "@odata.nextLink"
# Stands in the link that an empty page leads to, so that the same page is not emptied again.
EMPTIED = "$emptied"
_TOKEN = re.compile(r"[?&]\$(?:skip|delta)token=[^&]*|[?&]\$emptied=[^&]*")
Page = dict[str, object]


def altered(engine: FaultEngine, facts: Facts, base: str, body: bytes) -> tuple[bytes, list[str]]:
    """A page's body after the faults that hit it, and their kinds."""
    if not any(item.fault.kind in PAGE for item in engine.active):
        return body, []
    page = decoded(body)
    if page is None or not isinstance(page.get("value"), list):
        return body, []
    applied: list[str] = [
        item.fault.kind
        for item in engine.active
        if item.fault.kind in PAGE and item.matches(facts) and _apply(item, page, facts, base)
    ]
    return (msgspec.json.encode(page), applied) if applied else (body, [])


def _apply(item: ActiveFault, page: Page, facts: Facts, base: str) -> bool:
    """Apply one fault; false where it has nothing to work on, which then is not counted."""
    kind = item.fault.kind
    if kind == "moved_items":
        return _move(item, page, facts)
    if kind == "duplicate_items":
        return _duplicate(item, page, facts)
    if kind == "empty_page":
        return EMPTIED not in facts.target and item.hit() and _empty(page, facts, base)
    if _LINK not in page or not item.hit():
        return False
    if kind == "nextlink_loop":
        page[_LINK] = base + facts.target.removeprefix("/v1.0")
    else:
        page[_LINK] = item.text("value", "https://graph.microsoft.com.evil.example/v1.0/users")
    return True


def _empty(page: Page, facts: Facts, base: str) -> bool:
    """No items, but a link to the page as it should have been."""
    page["value"] = []
    mark = "&" if "?" in facts.target else "?"
    page[_LINK] = f"{base}{facts.target.removeprefix('/v1.0')}{mark}{EMPTIED}=1"
    page.pop("@odata.deltaLink", None)
    return True


def _chain(facts: Facts) -> str:
    """What the pages of one chain have in common."""
    return f"{facts.tenant_id} {facts.client_id} {_TOKEN.sub('', facts.target)}"


def _items(page: Page) -> list[object]:
    value = page["value"]
    return value if isinstance(value, list) else []


def _move(item: ActiveFault, page: Page, facts: Facts) -> bool:
    """Hold back the last items of a page and give them with the next one of the chain."""
    chain, items = _chain(facts), _items(page)
    late = item.held.pop(chain, [])
    count = int(item.number("items", 3))
    if _LINK in page and len(items) > count and item.hit():
        item.held[chain] = items[-count:]
        items = items[:-count]
    elif not late:
        return False
    page["value"] = [*items, *late]
    return True


def _duplicate(item: ActiveFault, page: Page, facts: Facts) -> bool:
    """Give the first items again, at the end of this page and at the top of the next."""
    chain, items = _chain(facts), _items(page)
    again = item.held.pop(chain, [])
    count = int(item.number("items", 3))
    if items and item.hit():
        repeated = items[:count]
        if _LINK in page:
            item.held[chain] = repeated
        items = [*items, *repeated]
    elif not again:
        return False
    page["value"] = [*again, *items]
    return True
