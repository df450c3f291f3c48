"""What can be refused on the way from the link to the import; the docstrings are what people read.

`reason` is the word under which the refusal stands in the event log.
"""

from typing import ClassVar

from pilotage.kernel.errors import Conflict, Forbidden, NotFound, PilotageError
from pilotage.onboarding.models import ActivationLink


class ActivationRefused(PilotageError):
    """The activation cannot go on. `link` and `account` (the sign-in name) as far as known."""

    reason: ClassVar[str] = ""
    title: ClassVar[str] = "This cannot go on"
    # Whether signing in again, perhaps with another account, can help.
    may_sign_in_again: ClassVar[bool] = False
    link: ActivationLink | None = None
    account: str = ""


class LinkUnknown(ActivationRefused, NotFound):
    """This is not an activation link that works. Look whether it was copied whole, or ask whoever
    sent it for a new one.
    """

    reason, title = "link_unknown", "This link does not work"


class LinkExpired(ActivationRefused, Conflict):
    """This activation link has expired. Ask whoever sent it for a new one; nothing is lost."""

    reason, title = "link_expired", "This link has expired"


class LinkRevoked(ActivationRefused, Conflict):
    """This activation link was replaced by a newer one or taken back. Look for a newer mail, or ask
    whoever sent it.
    """

    reason, title = "link_revoked", "This link was replaced or taken back"


class LinkUsed(ActivationRefused, Conflict):
    """This activation link has been used: the organization is connected. Its administrator can
    sign in to see the import, or to disconnect.
    """

    reason, title = "link_used", "This organization is connected already"


class SessionExpired(ActivationRefused, Forbidden):
    """Half an hour has passed, or cookies are off. Open the activation link again."""

    reason, title = "session_expired", "Please open the link again"


class StateInvalid(ActivationRefused):
    """This answer from Microsoft does not belong to this browser, or was used before. Open the
    activation link again.
    """

    status = 400
    reason, title = "state_invalid", "This sign-in does not fit"


class WrongTenant(ActivationRefused, Forbidden):
    """You are signed in to another organization than the one this link is meant for. Sign in with
    an account of the right organization, or ask whoever sent the link to approve yours.
    """

    reason, title = "wrong_tenant", "This is another organization"
    may_sign_in_again = True


class NotAnAdmin(ActivationRefused, Forbidden):
    """Your account may not consent for your organization: that takes a Global Administrator or a
    Privileged Role Administrator. Sign in as one, or forward the link to one.
    """

    reason, title = "not_an_admin", "This needs an administrator"
    may_sign_in_again = True


class PersonalAccountRefused(ActivationRefused, Forbidden):
    """This is a personal Microsoft account. Sign in with your work or school account."""

    reason, title = "personal_account", "This is a personal account"
    may_sign_in_again = True


class GuestNeedsApproval(ActivationRefused, Forbidden):
    """You are a guest in this organization, so whoever sent the link has to approve you first.
    They have been told; open the link again when they have done so.
    """

    reason, title = "guest_needs_approval", "Waiting for approval"
    may_sign_in_again = True


class TenantTaken(ActivationRefused, Conflict):
    """This organization cannot be connected with this link. Ask whoever sent it; they have been
    told.
    """

    reason, title = "tenant_taken", "This organization cannot be connected"
    may_sign_in_again = True


class ConsentDeclined(ActivationRefused, Conflict):
    """You declined, so nothing was connected and nothing is read. If that was a mistake, go back
    and consent; if not, there is nothing to do.
    """

    reason, title = "declined", "Consent was declined"
    may_sign_in_again = True


class SignInCanceled(ActivationRefused, Conflict):
    """You stopped at Microsoft's sign-in, so nothing was connected and nothing is read. Go on
    whenever you are ready.
    """

    reason, title = "sign_in_canceled", "You stopped at the sign-in"
    may_sign_in_again = True


class ConsentNeedsApproval(ActivationRefused, Conflict):
    """Your organization's rules ask for an approval first. Approve the request in the Microsoft
    Entra admin center, or forward the link to a Global Administrator.
    """

    reason, title = "needs_approval", "Consent needs an approval"
    may_sign_in_again = True


class SignInFailed(ActivationRefused, Forbidden):
    """Microsoft's answer to the sign-in could not be accepted, so nobody was signed in. Try once
    more.
    """

    reason, title = "sign_in_failed", "The sign-in did not work"
    may_sign_in_again = True


class MicrosoftUnavailable(ActivationRefused):
    """Microsoft does not answer at the moment. Nothing is lost; try again in a few minutes."""

    status = 503
    reason, title = "microsoft_unavailable", "Microsoft does not answer"
    may_sign_in_again = True


class TooManyTries(ActivationRefused, Forbidden):
    """That was tried too often. Wait a minute, then try again."""

    status = 429
    reason, title = "too_many_tries", "Please wait a moment"


class OutOfOrder(ActivationRefused, Conflict):
    """This step comes later. Open the activation link and begin there."""

    status = 400
    reason, title = "out_of_order", "One step after the other"


class ConnectionEnded(ActivationRefused, Conflict):
    """This connection has ended already, so nothing is read any more. There is nothing to do."""

    reason, title = "connection_ended", "The connection has ended"


class AlreadyOnboarded(Conflict):
    """This customer's onboarding is completed already."""


class NothingToApprove(Conflict):
    """No sign-in waits for approval."""


class SomebodyElseWaits(Conflict):
    """Meanwhile somebody else signed in and waits for your approval. Look who it is."""


class LinkNotRevocable(Conflict):
    """This activation link has been used, or taken back before."""
