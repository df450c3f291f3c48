"""`POST /$batch`: up to twenty requests, each with its own status, headers and limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from microsoft365_simulator.graph.errors import bad_request
from microsoft365_simulator.graph.outcome import Outcome

AT_MOST = 20


class Item(msgspec.Struct):
    """One request in a batch."""

    id: str
    method: str
    url: str
    headers: dict[str, str] = {}
    body: Any = None
    depends_on: list[str] = msgspec.field(name="dependsOn", default_factory=list)


class Batch(msgspec.Struct):
    """The body of a batch request."""

    requests: list[Item]


Perform = Callable[[Item], Outcome]


def parsed(body: bytes) -> list[Item]:
    """The items in the order in which they can be done; raises GraphError 400."""
    try:
        items = msgspec.json.decode(body, type=Batch).requests
    except msgspec.DecodeError as error:
        raise bad_request("Unable to read JSON request payload.") from error
    if not 1 <= len(items) <= AT_MOST:
        raise bad_request(f"Number of batch request steps exceeds the maximum value of {AT_MOST}.")
    ids = [item.id for item in items]
    if len(set(ids)) < len(ids) or "" in ids:
        raise bad_request("Request Id has to be unique in a batch.")
    for at, item in enumerate(items):
        if not set(item.depends_on) <= set(ids[:at]):
            raise bad_request(f"Request '{item.id}' depends on a request that is not before it.")
    return items


def answered(items: list[Item], perform: Perform) -> bytes:
    """Do each item in turn; one that depends on a failed one gets 424."""
    failed: set[str] = set()
    answers: list[dict[str, object]] = []
    for item in items:
        if failed.intersection(item.depends_on):
            failed.add(item.id)
            answers.append(_failed_dependency(item))
            continue
        outcome = perform(item)
        if outcome.status >= 400:
            failed.add(item.id)
        answers.append(_answer(item, outcome))
    # The order of the answers is free; clients that rely on it break here as they would there.
    return msgspec.json.encode({"responses": answers[1::2] + answers[::2]})


def _answer(item: Item, outcome: Outcome) -> dict[str, object]:
    kind = outcome.headers.get("content-type", "application/json")
    headers = {"Content-Type": kind, "Cache-Control": "no-cache"}
    if "retry-after" in outcome.headers:
        headers["Retry-After"] = outcome.headers["retry-after"]
    if "location" in outcome.headers:
        headers["Location"] = outcome.headers["location"]
    headers["x-ms-resource-unit"] = outcome.headers.get("x-ms-resource-unit", "1")
    body = msgspec.Raw(outcome.body)
    return {"id": item.id, "status": outcome.status, "headers": headers, "body": body}


def _failed_dependency(item: Item) -> dict[str, object]:
    error = {
        "code": "FailedDependency",
        "message": "A request that this one depends on did not succeed.",
    }
    headers = {"Content-Type": "application/json"}
    return {"id": item.id, "status": 424, "headers": headers, "body": {"error": error}}
