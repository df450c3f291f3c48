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
    "authorization_identitydisabled": errors.IdentityDisabled,
    "directory_expiredpagetoken": errors.PageTokenExpired,
    "syncstatenotfound": errors.DeltaExpired,
    "resyncrequired": errors.DeltaExpired,
    "syncstateinvalid": errors.DeltaExpired,
    "request_unsupportedquery": errors.QueryNotSupported,
}
_BY_STATUS: dict[int, type[GraphError]] = {
    400: errors.RequestRefused,
    401: errors.TokenRefused,
    402: errors.PaymentRequired,
    403: errors.PermissionMissing,
    404: errors.ObjectGone,
    405: errors.RequestNotAccepted,
    406: errors.RequestNotAccepted,
    407: errors.BlockedOnTheWay,
    408: errors.GraphTimeout,
    410: errors.DeltaExpired,
    411: errors.RequestNotAccepted,
    413: errors.RequestTooLong,
    414: errors.RequestTooLong,
    415: errors.RequestNotAccepted,
    423: errors.ResourceLocked,
    431: errors.RequestTooLong,
    501: errors.ResourceNotOffered,
    504: errors.GraphTimeout,
    509: errors.BandwidthExceeded,
}
# What a 401 is about stands only in the message.
_CHALLENGE = "insufficient_claims"
_REFUSED_TOKENS: tuple[tuple[str, type[GraphError]], ...] = (
    (_CHALLENGE, errors.ClaimsChallenge),
    ("continuous access evaluation", errors.ClaimsChallenge),
    ("audience", errors.TokenOfAnotherCloud),
    ("lifetime", errors.TokenOutsideItsTime),
    ("expired", errors.TokenOutsideItsTime),
    ("not yet valid", errors.TokenOutsideItsTime),
)
# A tenant that has been deleted while its token still lives.
_NO_DIRECTORY = "company information from the directory"


def trace_of(answer: Answer, page: str, client_request_id: str) -> Trace:
    """What an answer, good or bad, says about itself."""
    error = _error_object(answer.body) if answer.status != 200 else {}
    inner = error.get("innerError") or error.get("innererror")
    inner = inner if isinstance(inner, dict) else {}
    return Trace(
        page=page,
        status=answer.status,
        code=_text(error, "code"),
        message=_message(error, answer),
        request_id=answer.header("request-id") or _text(inner, "request-id"),
        client_request_id=_text(inner, "client-request-id") or client_request_id,
        date=_text(inner, "date") or answer.header("date"),
        throttle_scope=answer.header("x-ms-throttle-scope")[:_MESSAGE_CAP],
    )


def error_for(trace: Trace, *, is_delta: bool = False) -> GraphError:
    """The named error of an error answer."""
    named = _BY_CODE.get(trace.code.lower())
    if named is None and is_delta and _speaks_of_resync(trace):
        named = errors.DeltaExpired
    if named is None and 300 <= trace.status < 400:
        named = errors.UnexpectedRedirect
    if named is None and trace.status == 401:
        named = _refused_token(trace)
    if named is None and trace.status == 404 and _NO_DIRECTORY in trace.message.lower():
        named = errors.DirectoryNotFound
    if named is None:
        named = _BY_STATUS.get(trace.status) or _unknown(trace)
    return named(trace=trace)


def is_of_something_else(answer: Answer, trace: Trace) -> bool:
    """Whether a refusal is a web page without Graph's marks: a firewall's or a proxy's words.

    Taken for Graph's, a 403 of a firewall would pass for a permission that was taken away.
    """
    is_marked = bool(trace.code or answer.header("request-id"))
    return 400 <= answer.status < 500 and not is_marked and is_web_page(answer)


def is_web_page(answer: Answer) -> bool:
    """Whether an answer is HTML, by its type or by how it begins."""
    begins = answer.body[:200].lstrip().lower()
    return "html" in answer.header("content-type").lower() or begins.startswith(
        (b"<!doctype", b"<html")
    )


def _refused_token(trace: Trace) -> type[GraphError] | None:
    text = f"{trace.code} {trace.message}".lower()
    return next((named for words, named in _REFUSED_TOKENS if words in text), None)


def _unknown(trace: Trace) -> type[GraphError]:
    return errors.GraphUnavailable if trace.status >= 500 else GraphError


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


def _message(error: dict[str, Any], answer: Answer) -> str:
    """Graph's words; a claims challenge (RFC 9470 in Microsoft's way) stands in a header alone."""
    text = _text(error, "message")
    if answer.status == 401 and _CHALLENGE in answer.header("www-authenticate"):
        return f"{text} ({_CHALLENGE})".strip()
    return text


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value[:_MESSAGE_CAP] if isinstance(value, str) else ""
