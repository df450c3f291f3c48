"""A customer as a row of the Pending customers tab."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from pilotage.customers.models import Customer
from pilotage.events.models import Event
from pilotage.events.queries import latest_events
from pilotage.imports.queries import RunProgress, progress_for
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.mail.limits import hold_words
from pilotage.mail.models import Mail, MailState
from pilotage.mail.queries import unsent_mails
from pilotage.onboarding.models import Step
from pilotage.web import times

STEPS = ("Activation link sent", "Microsoft consent", "First import", "Completed")
# Somebody who has just opened the link is probably about to go on.
_FRESH = timedelta(minutes=30)
_PLACES: dict[str, tuple[int, str]] = {
    Step.INVITED: (0, "now"),
    Step.OPENED: (1, "now"),
    Step.AWAITING_APPROVAL: (1, "wait"),
    Step.DECLINED: (1, "bad"),
    Step.CONSENTED: (1, "now"),
    Step.IMPORTING: (2, "now"),
    Step.IMPORT_FAILED: (2, "bad"),
    Step.LINK_EXPIRED: (0, "bad"),
    Step.COMPLETED: (4, ""),
    Step.CANCELED: (0, "bad"),
}
_MOVING = {Step.CONSENTED, Step.IMPORTING}
_WITH_LINK = {Step.INVITED, Step.OPENED, Step.DECLINED}


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the four bars; `state` is done, now, wait, bad or empty."""

    words: str
    state: str


@dataclass(frozen=True, slots=True)
class PendingRow:
    """What one row shows."""

    customer: Customer
    progress: RunProgress | None = None
    event: Event | None = None
    mail: Mail | None = None

    @property
    def step(self) -> str:
        """Where the onboarding stands; an expired link is found on reading, not by a job."""
        step = str(self.customer.onboarding.step)
        return Step.LINK_EXPIRED if step in _WITH_LINK and self._has_expired else step

    @property
    def words(self) -> str:
        """The step in one line."""
        if self.step in _WITH_LINK and self._is_revoked:
            return "Activation link revoked"
        if self.step == Step.INVITED and self.mail:
            if self.trouble and self.mail.state == MailState.FAILED:
                return "Activation mail failed"
            if self.held:
                return "Activation mail waits its turn"
            return "Activation mail not sent yet" if self.trouble else "Sending the activation link"
        if self.step == Step.IMPORTING and self.progress:
            return self.progress.headline
        return str(Step(self.step).label)

    @property
    def waiting(self) -> str:
        """Why nothing moves at the moment, and until when; or empty."""
        if self.step == Step.IMPORTING and self.progress:
            return self.progress.waiting
        if self.step == Step.INVITED and self.held and not self._is_revoked:
            return held_until(self.held)
        until = self.customer.onboarding.waiting_until
        if self.step == Step.CONSENTED and until:
            return f"Microsoft is still spreading the consent; next look {times.relative(until)}"
        return ""

    @property
    def percent(self) -> int | None:
        """How much of the import is done, if one runs."""
        return self.progress.percent if self.step == Step.IMPORTING and self.progress else None

    @property
    def trouble(self) -> Mail | None:
        """The activation mail, if it was tried and has not gone out."""
        return self.mail if self.mail and self.mail.last_error and not self.held else None

    @property
    def held(self) -> Mail | None:
        """The activation mail, if it is beyond the limits on invitations and waits."""
        return self.mail if self.mail and self.mail.held_by else None

    @property
    def marks(self) -> list[Mark]:
        """The four bars."""
        place, state = _PLACES[self.step]
        if self.step in _WITH_LINK and (self.trouble or self._is_revoked):
            state = "bad"
        elif self.step == Step.INVITED and self.held:
            state = "wait"
        states = ["done"] * place + [state] + [""] * len(STEPS)
        return [Mark(words, state) for words, state in zip(STEPS, states, strict=False)]

    @property
    def marks_label(self) -> str:
        """The same in words."""
        return f"Step {min(_PLACES[self.step][0] + 1, len(STEPS))} of {len(STEPS)}"

    @property
    def error_count(self) -> int:
        """Errors of the latest import."""
        return self.progress.errors if self.progress else 0

    @property
    def is_moving(self) -> bool:
        """Whether something may change within seconds."""
        is_fresh = clock.now() - self.customer.onboarding.changed_at < _FRESH
        is_open = self.step in {Step.INVITED, Step.OPENED}
        return self.step in _MOVING or (is_open and is_fresh)

    @property
    def can_copy(self) -> bool:
        """Whether there is a link that works; of one that was taken back no copy is given."""
        return not self._is_revoked

    @property
    def _is_revoked(self) -> bool:
        return self.customer.activation_link.revoked_at is not None

    @property
    def _has_expired(self) -> bool:
        return bool(self.customer.activation_link.expires_at <= clock.now())


def held_until(mail: Mail) -> str:
    """Until when an invitation waits, and for which limit."""
    return (
        f"Waits until {times.until(mail.held_until)}: {hold_words(mail)}" if mail.held_until else ""
    )


def pending_rows(actor: Actor, customers: Sequence[Customer]) -> list[PendingRow]:
    """The rows of customers that came with onboarding and link; three queries for all."""
    ids = [customer.id for customer in customers]
    progress = progress_for(actor, customers)
    events = latest_events(actor, ids)
    mails = unsent_mails(actor, ids, kind="activation")
    return [PendingRow(c, progress.get(c.id), events.get(c.id), mails.get(c.id)) for c in customers]
