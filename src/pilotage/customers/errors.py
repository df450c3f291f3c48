"""What can be refused about a customer; each docstring is the sentence people read."""

from pilotage.kernel.errors import Conflict, Invalid, NotFound


class CustomerNotFound(NotFound):
    """There is no such customer, or it is not yours to see."""


class NotATrial(Conflict):
    """This is a production account, so there is no trial to extend. Use Edit customer."""


class TrialWindowClosed(Conflict):
    """This trial ended too long ago to be extended. Convert it to a production account."""


class ExtensionLimitReached(Conflict):
    """This trial has been extended as often as the policy allows. Convert it, or ask the
    provider for another extension.
    """


class EndDateChanged(Conflict):
    """The new end date is not the one you were shown: the trial was changed in the meantime.
    Look at the new date and submit again.
    """


class AlreadyProduction(Conflict):
    """This is a production account already. Use Edit customer."""


class NotProduction(Conflict):
    """Only production accounts can be edited. Convert this trial first, or extend it."""


class SourceNotMsp(Conflict):
    """This customer was not brought by an MSP (source: Direct), so the provider manages its
    account.
    """


class DateNotInFuture(Invalid):
    """Choose an expiration date that lies in the future."""


class CustomerTerminated(Conflict):
    """This customer is terminated. Nothing can be changed any more."""


class CustomerSuspended(Conflict):
    """This customer is suspended. Resume it first."""


class NotSuspended(Conflict):
    """This customer is not suspended for that reason."""


class VersionChanged(Conflict):
    """Somebody else changed this customer in the meantime. Reload, and enter your change again."""

    status = 412
