"""What is common to every refusal by Microsoft."""

from typing import ClassVar

from pilotage.kernel.errors import Conflict


class MicrosoftError(Conflict):
    """Microsoft refused this for a reason that Pilotage does not know. Look into the event log
    for its code and ids, and ask Microsoft's support if it stays.
    """

    # Trying again later, unchanged, may work.
    is_transient: ClassVar[bool] = False
    # In the first 15 minutes after a consent this may only mean that the consent has not yet
    # reached every server of Microsoft's.
    is_propagation: ClassVar[bool] = False
    # The tenant has taken its consent away, wholly or in part: stop, keep what there is.
    is_consent_lost: ClassVar[bool] = False


class Cancelled(Conflict):
    """This was stopped from outside before Microsoft had answered."""
