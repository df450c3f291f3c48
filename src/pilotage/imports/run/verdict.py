"""What an error of the Microsoft client means for the run: wait, give the collector up, or end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pilotage.imports.models import CollectorProgress, WaitingReason
from pilotage.kernel.errors import PilotageError
from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.graph.errors import (
    AnswerUnreadable,
    BlockedOnTheWay,
    DeltaExpired,
    DirectoryNotFound,
    GraphCertificateRefused,
    GraphError,
    GraphUnavailable,
    GraphUnreachable,
    ObjectGone,
    PageTokenExpired,
    PermissionMissing,
    Throttled,
    TokenRefused,
)
from pilotage.microsoft.identity.errors import (
    IdentityError,
    IdentityThrottled,
    IdentityUnavailable,
)

# How long a new consent may take to reach all of Microsoft's servers, and how often to look.
PROPAGATION = timedelta(minutes=15)
PROPAGATION_STEP = timedelta(seconds=20)
# A consent that seems lost minutes after it was given is looked at a second time.
SECOND_LOOK = timedelta(seconds=15)
UNAVAILABLE_SECONDS = (15, 60, 300, 900, 1800, 3600)
UNREADABLE_SECONDS = (15,)
MAX_RESTARTS = 5
# These concern the tenant or the way to Microsoft, so no other collector would fare better.
GENERAL = (
    IdentityError,
    TokenRefused,
    BlockedOnTheWay,
    DirectoryNotFound,
    GraphCertificateRefused,
    GraphUnreachable,
)


class Means(StrEnum):
    """What to do."""

    WAIT = "wait"
    RESTART = "restart"
    GIVE_UP_COLLECTOR = "give_up_collector"
    CONSENT_LOST = "consent_lost"
    END_RUN = "end_run"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` and `until` are there when it means waiting."""

    means: Means
    reason: WaitingReason | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What the decision depends on besides the error.

    `bound_at`: since when the consent stands. `has_read`: this run has read something already.
    `has_waited`: some collector has waited for Microsoft since its last page.
    `has_place`: a page or a link was asked for that Microsoft had given.
    `chain_restarts`: how often the chain alone was begun anew.
    `is_granted`: the access token names the permission; true as well when it cannot be read.
    """

    progress: CollectorProgress
    bound_at: datetime
    has_read: bool
    has_waited: bool
    has_place: bool
    chain_restarts: int
    is_granted: bool
    now: datetime

    @property
    def is_recent(self) -> bool:
        """Whether the consent may still be on its way."""
        return self.now - self.bound_at < PROPAGATION


def judge(error: PilotageError, situation: Situation) -> Verdict:
    """The verdict on an error that stopped a collector."""
    if isinstance(error, Throttled):
        return Verdict(Means.WAIT, WaitingReason.THROTTLED, error.until)
    if isinstance(error, PageTokenExpired | DeltaExpired):
        return _restart(situation)
    if isinstance(error, ObjectGone) and situation.has_place:
        # A page that is no longer known, as some services put it.
        return _restart(situation)
    waits = _waits(error)
    if waits:
        return _wait_again(error, situation, waits)
    return _judge_refusal(error, situation)


def _judge_refusal(error: PilotageError, situation: Situation) -> Verdict:
    if _may_be_propagation(error, situation):
        until = situation.now + PROPAGATION_STEP
        return Verdict(Means.WAIT, WaitingReason.PROPAGATION, until)
    if isinstance(error, MicrosoftError) and error.is_consent_lost:
        return _consent_lost(situation)
    return _give_up(error)


def _give_up(error: PilotageError) -> Verdict:
    is_general = isinstance(error, GENERAL)
    return Verdict(Means.END_RUN if is_general else Means.GIVE_UP_COLLECTOR)


def _restart(situation: Situation) -> Verdict:
    # Of many parts each may have lost its place while the run waited.
    restarts = max(situation.progress.restarts, situation.chain_restarts)
    is_too_often = restarts >= MAX_RESTARTS
    return Verdict(Means.GIVE_UP_COLLECTOR if is_too_often else Means.RESTART)


def _waits(error: PilotageError) -> tuple[int, ...]:
    if isinstance(error, GraphUnavailable | IdentityUnavailable):
        return UNAVAILABLE_SECONDS
    return UNREADABLE_SECONDS if isinstance(error, AnswerUnreadable) else ()


def _wait_again(error: PilotageError, situation: Situation, waits: tuple[int, ...]) -> Verdict:
    tries = situation.progress.tries
    if tries >= len(waits):
        return _give_up(error)
    asked = getattr(error, "retry_after", None) or 0.0
    seconds = max(float(waits[tries]), float(asked))
    until = situation.now + timedelta(seconds=seconds)
    is_throttled = isinstance(error, IdentityThrottled)
    reason = WaitingReason.THROTTLED if is_throttled else WaitingReason.UNAVAILABLE
    return Verdict(Means.WAIT, reason, until)


def _may_be_propagation(error: PilotageError, situation: Situation) -> bool:
    """Right after a consent Microsoft's servers do not all know it yet (401 and 403 then)."""
    if not situation.is_recent or not isinstance(error, MicrosoftError):
        return False
    if isinstance(error, PermissionMissing):
        # A permission that the token does not name is missing, unless the run cannot do without.
        return situation.is_granted or situation.progress.is_required
    if situation.has_read:
        return False
    if isinstance(error, BlockedOnTheWay):
        return False
    is_refusal = isinstance(error, GraphError) and error.trace.status in {401, 403}
    return error.is_propagation or error.is_consent_lost or is_refusal


def _consent_lost(situation: Situation) -> Verdict:
    if situation.is_recent and not situation.has_waited:
        until = situation.now + SECOND_LOOK
        return Verdict(Means.WAIT, WaitingReason.CONSENT_CHECK, until)
    return Verdict(Means.CONSENT_LOST)
