"""What an error answer of the identity platform says, as far as it can be relied on.

Microsoft: codes and texts change, so branch on `error` and `error_codes` and keep the rest for
the log. Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from pilotage.microsoft.transport import Answer

_CODE = re.compile(r"\bAADSTS(\d{4,9})\b")
_TEXT_CAP = 2_000
_NAME_CAP = 100


@dataclass(frozen=True, slots=True)
class Evidence:
    """Microsoft's words about one refusal; "" and () where it said nothing."""

    error: str = ""
    codes: tuple[int, ...] = ()
    description: str = ""
    trace_id: str = ""
    correlation_id: str = ""
    timestamp: str = ""
    status: int = 0

    @property
    def aadsts(self) -> str:
        """The first code as people look it up, `AADSTS700016`, or ""."""
        return f"AADSTS{self.codes[0]}" if self.codes else ""

    def as_details(self) -> dict[str, object]:
        """What support needs, without the description, which may name people."""
        named = {
            "error": self.error,
            "aadsts": self.aadsts,
            "trace_id": self.trace_id,
            "correlation_id": self.correlation_id,
            "timestamp": self.timestamp,
            "status": self.status or "",
        }
        return {name: value for name, value in named.items() if value}


def from_answer(answer: Answer) -> Evidence:
    """The evidence in an error answer of the token or discovery endpoint."""
    try:
        body = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        body = None
    return from_fields(body if isinstance(body, dict) else {}, status=answer.status)


def from_fields(fields: Mapping[str, Any], *, status: int = 0) -> Evidence:
    """The evidence in decoded JSON or in the query of a redirect."""

    def text(name: str) -> str:
        value = fields.get(name)
        if not isinstance(value, str):
            return ""
        # A redirect's query can be written by anybody, and ends in the event log.
        cap = _TEXT_CAP if name == "error_description" else _NAME_CAP
        return "".join(c for c in value[:cap] if c.isprintable() or c.isspace())

    return Evidence(
        error=text("error"),
        codes=_codes(fields.get("error_codes"), text("error_description")),
        description=text("error_description"),
        trace_id=text("trace_id"),
        correlation_id=text("correlation_id"),
        timestamp=text("timestamp"),
        status=status,
    )


def _codes(given: object, description: str) -> tuple[int, ...]:
    """`error_codes`; a redirect has none, there the description begins with the code."""
    if isinstance(given, list) and given:
        return tuple(code for code in given if isinstance(code, int))
    return tuple(int(code) for code in _CODE.findall(description)[:1])
