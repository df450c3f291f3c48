"""What a transport takes and gives; the rest of the package knows no HTTP library."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pilotage import __version__

USER_AGENT = f"Pilotage/{__version__}"
CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
TOTAL_SECONDS = 60.0
BODY_CAP = 64 * 1024 * 1024

# The headers that anybody here reads; a header that is no ASCII text counts as absent.
READ_HEADERS = (
    "content-type",
    "client-request-id",
    "date",
    "location",
    "request-id",
    "retry-after",
    "www-authenticate",
    "x-ms-request-id",
    "x-ms-resource-unit",
    "x-ms-throttle-limit-percentage",
    "x-ms-throttle-scope",
)


class Fault(StrEnum):
    """How an exchange failed before there was a whole answer."""

    CONNECT = "connect"
    NAME = "name"
    TLS = "tls"
    TLS_TIME = "tls_time"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    TOO_LARGE = "too_large"


# What TLS libraries and name servers say, in lower case.
_TIME_WORDS = ("expired", "not valid yet", "notvalidyet", "not yet valid")
_TLS_WORDS = ("certificate", "tls")
_NAME_WORDS = ("dns", "lookup", "name resolution", "name or service", "resolve")


def fault_of_connect(text: str) -> Fault:
    """Why there is no connection, from a library's words: it has no types for it."""
    plain = text.lower()
    if any(word in plain for word in _TLS_WORDS):
        return Fault.TLS_TIME if any(word in plain for word in _TIME_WORDS) else Fault.TLS
    return Fault.NAME if any(word in plain for word in _NAME_WORDS) else Fault.CONNECT


class TransportFailed(Exception):
    """No whole answer came; `text` never holds headers or a query."""

    def __init__(self, fault: Fault, text: str) -> None:
        self.fault = fault
        self.text = text
        super().__init__(f"{fault}: {text}")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; header names are lower case, the body is decompressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """The header, or ""; `name` in lower case."""
        return self.headers.get(name, "")


class Transport(Protocol):
    """One HTTPS exchange; safe for use by many threads."""

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        cap: int = BODY_CAP,
    ) -> Answer:
        """Send and read the whole answer, whatever its status; raises TransportFailed."""
        ...
