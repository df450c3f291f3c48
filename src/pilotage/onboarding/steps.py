"""The onboarding machine: one explicit table of (from, event) -> to."""

from pilotage.kernel.errors import Conflict
from pilotage.onboarding.models.onboarding import Step

_OPEN = {Step.INVITED, Step.OPENED, Step.AWAITING_APPROVAL, Step.DECLINED, Step.LINK_EXPIRED}
_RUNNING = {Step.CONSENTED, Step.IMPORTING, Step.IMPORT_FAILED}

MOVES: dict[str, tuple[set[Step], Step]] = {
    "open": ({Step.INVITED}, Step.OPENED),
    "need_approval": (_OPEN, Step.AWAITING_APPROVAL),
    "approve": ({Step.AWAITING_APPROVAL}, Step.OPENED),
    "sign_in": ({Step.AWAITING_APPROVAL, Step.DECLINED}, Step.OPENED),
    "decline": (_OPEN, Step.DECLINED),
    "expire_link": (
        {Step.INVITED, Step.OPENED, Step.AWAITING_APPROVAL, Step.DECLINED},
        Step.LINK_EXPIRED,
    ),
    "resend": (_OPEN | {Step.CONSENTED}, Step.INVITED),
    "return_from_consent": (_OPEN, Step.CONSENTED),
    "fail_proof": ({Step.CONSENTED}, Step.OPENED),
    "start_import": (_OPEN | {Step.CONSENTED, Step.IMPORT_FAILED}, Step.IMPORTING),
    "fail_import": ({Step.IMPORTING}, Step.IMPORT_FAILED),
    "complete": ({Step.IMPORTING, Step.IMPORT_FAILED}, Step.COMPLETED),
    "cancel": (_OPEN | _RUNNING, Step.CANCELED),
    "disconnect": (_RUNNING, Step.INVITED),
}


class OnboardingStepRefused(Conflict):
    """That does not fit where this onboarding stands. Reload and look again."""


def can_move(step: str, move: str) -> bool:
    """Whether `move` is in the table for `step`."""
    return Step(step) in MOVES[move][0]


def next_step(step: str, move: str) -> Step:
    """Where `move` leads from `step`; raises OnboardingStepRefused."""
    sources, target = MOVES[move]
    if Step(step) not in sources:
        raise OnboardingStepRefused(
            f"That does not fit where this onboarding stands ({Step(step).label.lower()})."
        )
    return target
