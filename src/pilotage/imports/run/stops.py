"""Why a run stops where it is; raised inside a run, never shown to anybody."""

from datetime import datetime

from pilotage.imports.models import CollectorProgress, WaitingReason
from pilotage.kernel.errors import PilotageError


class RunStop(Exception):
    """The worker lays the run down."""


class LeaseLost(RunStop):
    """Another worker has the run, or it was canceled: commit nothing more."""


class ToldToStop(RunStop):
    """The worker is ending; the next one goes on."""


class HasToWait(RunStop):
    """Microsoft has to be waited for, or our database.

    `error`, met by the collector of `progress`, made it so. `others` are those of collectors that
    had to stop as well, while the rest was read.
    """

    def __init__(
        self,
        reason: WaitingReason,
        until: datetime,
        error: PilotageError,
        progress: CollectorProgress,
    ) -> None:
        super().__init__(reason)
        self.reason, self.until = reason, until
        self.error, self.progress = error, progress
        self.others: list[HasToWait] = []


class EndingStop(RunStop):
    """The run ends here, because of `error`."""

    def __init__(self, error: PilotageError) -> None:
        super().__init__(error.text)
        self.error = error


class CannotGoOn(EndingStop):
    """Nothing of this run can be read."""


class ConsentLost(EndingStop):
    """The tenant has taken its consent away."""


class CustomerRests(EndingStop):
    """The customer was suspended, has expired or was terminated: its imports stop."""
