"""What can be refused about an import; each docstring is the sentence people read."""

from pilotage.kernel.errors import Conflict, Invalid, NotFound


class ImportRunNotFound(NotFound):
    """There is no such import run, or it is not yours to see."""


class ImportAlreadyRunning(Conflict):
    """An import of this customer is running already. Wait until it ends, or cancel it first."""


class NotConnected(Conflict):
    """This customer is not connected to a Microsoft 365 tenant, so there is nothing to import.
    Send the activation link first.
    """


class CustomerExpired(Conflict):
    """This customer's account has expired. Extend the trial or edit the customer first."""


class ImportAlreadyFinished(Conflict):
    """This import has ended already."""


class ImportNotFinished(Conflict):
    """This import is still running. Wait until it ends, or cancel it first."""


class NothingToRetry(Conflict):
    """This import succeeded, so there is nothing to retry. Request a new import instead."""


class NotTheLatestImport(Conflict):
    """There is a later import of this customer. Retry that one, or request a new import."""


class NotAnEarlierImport(Invalid):
    """That import is not an earlier one of the same customer. Choose one from its list of runs."""


class CollectorNeeded(Conflict):
    """This needs another part of the import, which failed."""


class InternalError(Conflict):
    """The worker ended several times without reading a page."""


class DatabaseFull(Conflict):
    """The database of this installation has no room left."""


class DatabaseUnavailable(Conflict):
    """The database of this installation broke off."""
