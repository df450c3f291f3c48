"""One JSON exchange with the identity platform."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import msgspec

from pilotage.microsoft.identity import aadsts
from pilotage.microsoft.identity.errors import (
    IdentityAnswerUnreadable,
    IdentityCertificateRefused,
    IdentityError,
    IdentityUnavailable,
    IdentityUnreachable,
)
from pilotage.microsoft.settings import MicrosoftSettings
from pilotage.microsoft.transport import Answer, Fault, TransportFailed, transport_for

BODY_CAP = 1024 * 1024
_FORM = "application/x-www-form-urlencoded"


def get_json(settings: MicrosoftSettings, url: str) -> dict[str, Any]:
    """The JSON object at `url`; raises an IdentityError for anything else."""
    return json_of(send(settings, "GET", url))


def post_form(settings: MicrosoftSettings, url: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The JSON object that answers `form`; raises an IdentityError for anything else."""
    return json_of(send(settings, "POST", url, body=urlencode(form).encode()))


def send(
    settings: MicrosoftSettings,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    """One exchange; raises IdentityUnavailable when no whole answer came."""
    all_headers = {"Accept": "application/json", "client-request-id": str(uuid4())}
    if body is not None:
        all_headers["Content-Type"] = _FORM
    all_headers.update(headers or {})
    try:
        return transport_for(settings).send(
            method, url, headers=all_headers, body=body, cap=BODY_CAP
        )
    except TransportFailed as error:
        raise _failure(error) from error


def _failure(failed: TransportFailed) -> IdentityError:
    if failed.fault in {Fault.TLS, Fault.TLS_TIME}:
        return IdentityCertificateRefused(
            "The certificate of Microsoft's sign-in address was not accepted "
            f"({failed.text}). Check PILOTAGE_MICROSOFT_LOGIN_URL and SSL_CERT_FILE."
        )
    is_unreachable = failed.fault in {Fault.CONNECT, Fault.NAME}
    kind = IdentityUnreachable if is_unreachable else IdentityUnavailable
    return kind(fault=failed.fault)


def json_of(answer: Answer) -> dict[str, Any]:
    """The JSON object in a success; raises the named error of anything else."""
    if answer.status != 200:
        raise aadsts.error_in(answer)
    body = _object_in(answer)
    if body is None:
        raise IdentityAnswerUnreadable(fault="unreadable")
    return body


def is_json_object(answer: Answer) -> bool:
    """Whether an answer is at least of the kind that the identity platform gives."""
    return _object_in(answer) is not None


def _object_in(answer: Answer) -> dict[str, Any] | None:
    try:
        body = msgspec.json.decode(answer.body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
