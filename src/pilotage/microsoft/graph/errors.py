"""Every way in which Graph refuses or fails, each with what support asks for."""

from dataclasses import dataclass, fields
from datetime import datetime

from pilotage.microsoft.errors import MicrosoftError


@dataclass(frozen=True, slots=True)
class Trace:
    """What identifies one failed request at Microsoft; `page` is its address without secrets."""

    page: str = ""
    status: int = 0
    code: str = ""
    message: str = ""
    request_id: str = ""
    client_request_id: str = ""
    date: str = ""

    def as_details(self) -> dict[str, object]:
        """The parts that are known."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in named.items() if value}


class GraphError(MicrosoftError):
    """Microsoft Graph refused the request for a reason that Pilotage does not know. The import
    run's log has its code and request id for Microsoft's support.
    """

    def __init__(self, text: str = "", *, trace: Trace | None = None) -> None:
        self.trace = trace or Trace()
        super().__init__(text, details=self.trace.as_details())


# Later, unchanged


class Throttled(GraphError):
    """Microsoft Graph asks to wait before reading on. Pilotage goes on by itself after that."""

    status = 503
    is_transient = True

    def __init__(self, until: datetime, *, trace: Trace | None = None) -> None:
        super().__init__(trace=trace)
        self.until = until
        self.details["until"] = until.isoformat()


class GraphUnavailable(GraphError):
    """Microsoft Graph did not answer, several times in a row. Pilotage tries again later."""

    status = 503
    is_transient = True


class AnswerUnreadable(GraphError):
    """Microsoft Graph's answer was damaged, several times in a row. Pilotage tries again later."""

    status = 503
    is_transient = True


# Not this way


class AnswerTooLarge(GraphError):
    """Microsoft Graph's answer is larger than Pilotage is willing to read."""


class RequestRefused(GraphError):
    """Microsoft Graph does not understand the request. This is a mistake in Pilotage, or this
    cloud does not offer the resource.
    """


class UnexpectedRedirect(GraphError):
    """The Graph address answers with a redirect, which is never followed with a token. Check
    PILOTAGE_GRAPH_URL.
    """


class ForeignLink(GraphError):
    """Graph's answer links to an address that is not Graph's, so the link was not followed and
    nothing was sent there.
    """


class LinkLoop(GraphError):
    """Graph's pages link back to one that was read already, so reading was stopped."""


# Access


class TokenRefused(GraphError):
    """Microsoft Graph refuses a fresh access token. Check the clock of this machine, and that the
    Graph address belongs to the same cloud as the sign-in address.
    """


class PermissionMissing(GraphError):
    """The organization has not granted the permission that this resource needs. Ask its
    administrator to open the activation link again.
    """


class LicenceMissing(GraphError):
    """The organization has no licence for this resource (Microsoft Entra ID P1 or P2), so it is
    left out.
    """


class ConsentRevoked(GraphError):
    """The organization has withdrawn its consent. Ask its administrator to open the activation
    link again.
    """

    is_consent_lost = True


# Objects and chains


class ObjectGone(GraphError):
    """Microsoft Graph knows no such object; it was deleted in the meantime."""


class DeltaExpired(GraphError):
    """Microsoft no longer knows what has changed since the last import, so all is read anew."""

    def __init__(self, text: str = "", *, trace: Trace | None = None) -> None:
        super().__init__(text, trace=trace)
        # Where Microsoft says to begin anew, unchecked; "" when it does not say.
        self.restart_link = ""


class PageTokenExpired(GraphError):
    """Microsoft no longer knows the page to go on from, so this list is read from its start."""
