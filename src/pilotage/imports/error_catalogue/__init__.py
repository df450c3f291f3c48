"""Everything that can go wrong in an import, in one table: code, severity, who acts, remedy.

Pages, API, command line and docs show these texts. The code of an error of the Microsoft client is
its class name, or that of its nearest ancestor that is listed here.
"""

import re
from typing import Any

from pilotage.imports.error_catalogue.answers import ANSWERS
from pilotage.imports.error_catalogue.consent import CONSENT
from pilotage.imports.error_catalogue.entry import (
    ERROR,
    Acts,
    Effect,
    Entries,
    Entry,
    Remedy,
)
from pilotage.imports.error_catalogue.graph import GRAPH
from pilotage.imports.error_catalogue.installation import INSTALLATION
from pilotage.imports.error_catalogue.network import NETWORK
from pilotage.imports.error_catalogue.own import OWN
from pilotage.kernel.errors import PilotageError

__all__ = [
    "AREAS", "CATALOGUE", "Acts", "Effect", "Entry", "Remedy", "catalogue_as_json", "code_of",
    "entry_for",
]  # fmt: skip

AREAS: dict[str, Entries] = {
    "The tenant and its consent": CONSENT,
    "What Microsoft Graph says": GRAPH,
    "Answers that cannot be used": ANSWERS,
    "The way to Microsoft": NETWORK,
    "This installation at Microsoft": INSTALLATION,
    "The customer and the worker": OWN,
}
CATALOGUE: Entries = {code: entry for area in AREAS.values() for code, entry in area.items()}
_FALLBACK = "microsoft_error"
# No import meets it; it stands in for codes of earlier or later versions.
UNKNOWN = Entry(
    ERROR, Acts.PROVIDER, Effect.RUN_FAILS, "Microsoft refused this for an unknown reason.",
    "Retry.",
)  # fmt: skip


def entry_for(code: str) -> Entry:
    """What is known about a code."""
    return CATALOGUE.get(code, UNKNOWN)


def code_of(error: PilotageError) -> str:
    """The catalogue's code for an error of the Microsoft client or of our own checks."""
    for kind in type(error).__mro__:
        code = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
        if code in CATALOGUE:
            return code
    return _FALLBACK


def catalogue_as_json() -> list[dict[str, Any]]:
    """All of it, as API and command line show it."""
    return [
        {"code": code, "area": area, **_as_json(entry)}
        for area, entries in AREAS.items()
        for code, entry in entries.items()
    ]


def _as_json(entry: Entry) -> dict[str, Any]:
    return {
        "severity": entry.severity.value,
        "acts": entry.acts.value,
        "effect": entry.effect.value,
        "text": entry.text,
        "consequence": entry.effect.text,
        "remedy": entry.remedy,
        "action": entry.action.value,
        "link": entry.link,
    }
