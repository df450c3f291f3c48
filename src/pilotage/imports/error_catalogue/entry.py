"""What the catalogue says about one kind of error."""

from dataclasses import dataclass
from enum import StrEnum

from pilotage.events.catalogue import Severity


class Acts(StrEnum):
    """Who has to do something about it."""

    NOBODY = "nobody"
    PARTNER = "partner"
    CUSTOMER = "customer"
    MICROSOFT = "microsoft"
    PROVIDER = "provider"


class Remedy(StrEnum):
    """What one click can do about it."""

    NONE = "none"
    WAIT = "wait"
    RETRY = "retry"
    RECONSENT = "reconsent"


class Effect(StrEnum):
    """What it does to the run, to the part it hits, and to the connection, when it stays.

    Tests hold each entry against what really happens.
    """

    GOES_ON = "goes_on"
    WAITS = "waits"
    OBJECTS_LEFT = "objects_left"
    PART_FAILS = "part_fails"
    PART_LEFT_OUT = "part_left_out"
    CONSENT_OUTDATED = "consent_outdated"
    RUN_FAILS = "run_fails"
    CONSENT_LOST = "consent_lost"
    RUN_CANCELED = "run_canceled"

    @property
    def text(self) -> str:
        """The same for people."""
        return _TEXTS[self]


_TEXTS = {
    Effect.GOES_ON: "The import goes on.",
    Effect.WAITS: "The import waits and goes on by itself.",
    Effect.OBJECTS_LEFT: "Some objects stay as they were; the rest is imported.",
    Effect.PART_FAILS: "This part of the import fails; the others go on.",
    Effect.PART_LEFT_OUT: "This part is left out; the others go on.",
    Effect.CONSENT_OUTDATED: (
        "This part fails; the connection is marked as having an outdated consent."
    ),
    Effect.RUN_FAILS: "The import ends as failed; what was imported stays.",
    Effect.CONSENT_LOST: (
        "The import ends as failed and the connection is revoked; what was imported stays."
    ),
    Effect.RUN_CANCELED: "The import ends as canceled; what was imported stays.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of error: `text` says what happened, `remedy` what to do, `action` which click.

    `effect` is what becomes of the run when it stays; a part that the import cannot do without
    fails the whole run.
    """

    severity: Severity
    acts: Acts
    effect: Effect
    text: str
    remedy: str
    action: Remedy = Remedy.RETRY
    link: str = ""


INFO, WARNING, ERROR = Severity
LEARN = "https://learn.microsoft.com"
AADSTS = f"{LEARN}/entra/identity-platform/reference-error-codes"
ENTERPRISE_APPS = f"{LEARN}/entra/identity/enterprise-apps/disable-user-sign-in-portal"
GRAPH_ERRORS = f"{LEARN}/graph/errors"
STATUS = "https://status.cloud.microsoft"
Entries = dict[str, Entry]
