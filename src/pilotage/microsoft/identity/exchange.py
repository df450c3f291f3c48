"""One JSON exchange with the identity platform."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import msgspec

from pilotage.microsoft.identity import aadsts
from pilotage.microsoft.identity.errors import DiscoveryUnusable, IdentityUnavailable
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
        if error.fault is Fault.TLS:
            raise DiscoveryUnusable(
                "The certificate of Microsoft's sign-in address was not accepted "
                f"({error.text}). Check PILOTAGE_MICROSOFT_LOGIN_URL and SSL_CERT_FILE."
            ) from error
        raise IdentityUnavailable(fault=error.fault) from error


def json_of(answer: Answer) -> dict[str, Any]:
    """The JSON object in a success; raises the named error of anything else."""
    if answer.status != 200:
        raise aadsts.error_in(answer)
    try:
        body = msgspec.json.decode(answer.body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise IdentityUnavailable(fault="unreadable") from error
    if not isinstance(body, dict):
        raise IdentityUnavailable(fault="unreadable")
    return body
