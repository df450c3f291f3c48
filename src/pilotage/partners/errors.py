"""What can be refused about partners, operators and tokens."""

from pilotage.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class OperatorNotFound(NotFound):
    """There is no such operator, or it is not yours to see."""


class ApiTokenNotFound(NotFound):
    """There is no such API token, or it is not yours to see."""


class MoreThanYouHold(Forbidden):
    """Nobody can grant more than they hold themselves."""


class NotYourself(Conflict):
    """You cannot do this to your own account. Ask another admin."""


class EmailTaken(Conflict):
    """An operator with this email address exists already."""


class PartnerNameTaken(Conflict):
    """A partner with this name exists already."""


class NoPartnersBelow(Conflict):
    """Only the provider and distributors can have partners under them."""


class LastAdmin(Conflict):
    """This is the last admin of this partner. Make somebody else admin first."""


class PeopleOnly(Forbidden):
    """An API token cannot do this; a person has to sign in for it."""


class SetUpLinkInvalid(Invalid):
    """This set-up link does not work: it was used already, is older than 24 hours, or was
    replaced by a newer one. Ask for a new one.
    """


class WrongApiToken(Forbidden):
    """This API token is not valid: it is unknown, expired or revoked."""

    status = 401


class TwoStepNeeded(Forbidden):
    """Set up two-step sign-in first: every operator needs it."""


class NotInTheDemo(Forbidden):
    """The sample operators of the demo have no password and no second step to change."""
