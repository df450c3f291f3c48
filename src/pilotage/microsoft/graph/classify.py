"""From Graph's error answers to named errors.

Source: https://learn.microsoft.com/graph/errors; codes in other letter cases occur.
"""

from typing import Any

import msgspec

from pilotage.microsoft.graph import errors
from pilotage.microsoft.graph.errors import GraphError, Trace
from pilotage.microsoft.transport import Answer

_MESSAGE_CAP = 1_000
_BY_CODE: dict[str, type[GraphError]] = {
    "authentication_requestfromnonpremiumtenantorb2ctenant": errors.LicenceMissing,
    "authentication_requestfromunsupporteduserrole": errors.PermissionMissing,
    "authorization_identitynotfound": errors.ConsentRevoked,
    "authorization_identitydisabled": errors.ConsentRevoked,
    "directory_expiredpagetoken": errors.PageTokenExpired,
    "syncstatenotfound": errors.DeltaExpired,
    "resyncrequired": errors.DeltaExpired,
    "syncstateinvalid": errors.DeltaExpired,
}
_BY_STATUS: dict[int, type[GraphError]] = {
    401: errors.TokenRefused,
    403: errors.PermissionMissing,
    404: errors.ObjectGone,
    410: errors.DeltaExpired,
}


def trace_of(answer: Answer, page: str, client_request_id: str) -> Trace:
    """What an answer, good or bad, says about itself."""
    error = _error_object(answer.body) if answer.status != 200 else {}
    inner = error.get("innerError") or error.get("innererror")
    inner = inner if isinstance(inner, dict) else {}
    return Trace(
        page=page,
        status=answer.status,
        code=_text(error, "code"),
        message=_text(error, "message"),
        request_id=answer.header("request-id") or _text(inner, "request-id"),
        client_request_id=_text(inner, "client-request-id") or client_request_id,
        date=_text(inner, "date") or answer.header("date"),
    )


def error_for(trace: Trace, *, is_delta: bool = False) -> GraphError:
    """The named error of an answer that it makes no sense to repeat as it is."""
    named = _BY_CODE.get(trace.code.lower())
    if named is None and is_delta and _speaks_of_resync(trace):
        named = errors.DeltaExpired
    if named is None and 300 <= trace.status < 400:
        named = errors.UnexpectedRedirect
    if named is None:
        named = _BY_STATUS.get(trace.status, errors.RequestRefused)
    return named(trace=trace)


def _speaks_of_resync(trace: Trace) -> bool:
    """Some services name only the outer code and speak of resynchronisation in the message."""
    text = f"{trace.code} {trace.message}".lower()
    return 400 <= trace.status < 500 and ("resync" in text or "syncstatenotfound" in text)


def _error_object(body: bytes) -> dict[str, Any]:
    try:
        decoded = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, ValueError):
        return {}
    error = decoded.get("error") if isinstance(decoded, dict) else None
    return error if isinstance(error, dict) else {}


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value[:_MESSAGE_CAP] if isinstance(value, str) else ""
