"""Faults of listings: links that lead nowhere good, items twice or on the wrong page."""

from __future__ import annotations

import re
from urllib.parse import unquote

import msgspec

from microsoft365_simulator.faults.answers import decoded
from microsoft365_simulator.faults.engine import PAGE, ActiveFault, Facts, FaultEngine

_LINK = "@odata.nextLink"
# Stands in the link that an empty page leads to, so that the same page is not emptied again.
EMPTIED = "$emptied"
_MARK = re.compile(r"[?&]\$emptied=[^&]*")
_DEFAULT_LINK = "https://graph.microsoft.com.evil.example/v1.0/users"
Page = dict[str, object]


def concerns(engine: FaultEngine) -> bool:
    """Whether pages have to be looked at one by one."""
    return bool(engine.late or engine.again) or any(
        item.fault.kind in PAGE for item in engine.active
    )


def altered(engine: FaultEngine, facts: Facts, base: str, body: bytes) -> tuple[bytes, list[str]]:
    """A page's body after the faults that hit it, and their kinds."""
    page = decoded(body)
    if page is None or not isinstance(page.get("value"), list):
        return body, []
    active = [i for i in engine.active if i.fault.kind in PAGE and i.matches(facts)]
    if EMPTIED not in unquote(facts.target):
        for item in active:
            if item.fault.kind == "empty_page" and item.hit():
                return msgspec.json.encode(_empty(page, facts, base)), ["empty_page"]
    for item in active:
        if item.fault.kind == "endless_pages" and item.hit():
            return msgspec.json.encode(_empty(page, facts, base, item.hits)), ["endless_pages"]
    here, after = _place(facts.tenant_id, facts.target), _next_place(page, facts)
    extra = [*engine.late.get(here, []), *engine.again.pop(here, [])]
    page["value"] = [*_items(page), *extra]
    applied: list[str] = [
        item.fault.kind for item in active if _apply(engine, item, page, facts, base)
    ]
    if "moved_items" not in applied:
        engine.late.pop(after, None)
    return (msgspec.json.encode(page), applied) if applied or extra else (body, [])


def _next_place(page: Page, facts: Facts) -> str:
    return _place(facts.tenant_id, "/v1.0" + str(page.get(_LINK, "")).partition("/v1.0")[2])


def _place(tenant_id: str | None, target: str) -> str:
    """What names one page: its URL, with or without the mark of an emptied one."""
    return f"{tenant_id} {_MARK.sub('', unquote(target))}"


def _empty(page: Page, facts: Facts, base: str, number: int = 1) -> Page:
    """No items, but a link to the page as it should have been."""
    target = _MARK.sub("", facts.target).removeprefix("/v1.0")
    link = f"{base}{target}{'&' if '?' in target else '?'}{EMPTIED}={number}"
    rest = {name: value for name, value in page.items() if name != "@odata.deltaLink"}
    return {**rest, _LINK: link, "value": []}


def _apply(engine: FaultEngine, item: ActiveFault, page: Page, facts: Facts, base: str) -> bool:
    """Apply one fault; false where it has nothing to work on, which then is not counted."""
    kind, items = item.fault.kind, _items(page)
    count = int(item.number("items", 3))
    if kind == "duplicate_items":
        return bool(items) and item.hit() and _repeat(engine, page, facts, items[:count])
    if kind in {"empty_page", "endless_pages"} or _LINK not in page:
        return False
    if kind == "moved_items":
        return len(items) > count and item.hit() and _move(engine, page, facts, count)
    if not item.hit():
        return False
    is_loop = kind == "nextlink_loop"
    own = base + facts.target.removeprefix("/v1.0")
    page[_LINK] = own if is_loop else item.text("value", _DEFAULT_LINK)
    return True


def _items(page: Page) -> list[object]:
    value = page["value"]
    return value if isinstance(value, list) else []


def _move(engine: FaultEngine, page: Page, facts: Facts, count: int) -> bool:
    """Take the last items off this page; the next one has them whenever it is asked for."""
    items = _items(page)
    engine.late[_next_place(page, facts)] = items[-count:]
    page["value"] = items[:-count]
    return True


def _repeat(engine: FaultEngine, page: Page, facts: Facts, again: list[object]) -> bool:
    """Give the first items again, at the end of this page and of the next."""
    page["value"] = [*_items(page), *again]
    if _LINK in page:
        engine.again[_next_place(page, facts)] = again
    return True
