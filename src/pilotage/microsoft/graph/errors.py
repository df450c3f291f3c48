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
    # Whose limit was hit ("Tenant_Application/…", "Application/…"), as Graph names it.
    throttle_scope: str = ""

    @property
    def is_of_application(self) -> bool:
        """Whether the limit that was hit is the application's, over all its tenants."""
        return self.throttle_scope.lower().partition("/")[0] == "application"

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


class ApplicationThrottled(Throttled):
    """Microsoft Graph asks this installation's application to wait, whatever tenant it reads.
    Pilotage goes on by itself after that.
    """


class GraphUnavailable(GraphError):
    """Microsoft Graph did not answer, several times in a row. Pilotage tries again later."""

    status = 503
    is_transient = True


class GraphTimeout(GraphUnavailable):
    """Microsoft Graph took too long to answer, several times in a row. Pilotage tries again
    later.
    """


class BandwidthExceeded(GraphUnavailable):
    """Microsoft Graph says that too much was read. Pilotage tries again later."""


class ResourceLocked(GraphUnavailable):
    """Microsoft Graph says that the directory is locked at the moment. Pilotage tries again
    later.
    """


class AnswerUnreadable(GraphError):
    """Microsoft Graph's answer was damaged, several times in a row. Pilotage tries again later."""

    status = 503
    is_transient = True


class AnswerCutOff(AnswerUnreadable):
    """The connection ended in the middle of an answer, several times in a row. Pilotage tries again
    later.
    """


class AnswerIsAPage(AnswerUnreadable):
    """Instead of Microsoft Graph a web page answered: a proxy or a firewall is in between. Check
    how this machine reaches Graph.
    """


class AnswerIsNoList(AnswerUnreadable):
    """Microsoft Graph's answer is no list of objects, several times in a row. Check
    PILOTAGE_GRAPH_URL.
    """


# The way to Microsoft


class GraphUnreachable(GraphUnavailable):
    """Microsoft Graph's address could not be connected to. Check this machine's network, firewall
    and proxy.
    """


class GraphNameUnknown(GraphUnreachable):
    """The name of Microsoft Graph's address is not known to this machine's name server. Check
    PILOTAGE_GRAPH_URL and the DNS of this machine.
    """


class GraphCertificateRefused(GraphUnavailable):
    """The certificate of Microsoft Graph's address was not accepted. Check PILOTAGE_GRAPH_URL and
    SSL_CERT_FILE.
    """


class GraphCertificateExpired(GraphCertificateRefused):
    """The certificate of Microsoft Graph's address is not valid at this time. Check the clock of
    this machine, and what stands between it and Microsoft.
    """


class BlockedOnTheWay(GraphError):
    """Something between this machine and Microsoft Graph refused the request: a firewall or a
    proxy. Let this machine reach PILOTAGE_GRAPH_URL.
    """


# Not this way


class AnswerTooLarge(GraphError):
    """Microsoft Graph's answer is larger than Pilotage is willing to read."""


class RequestRefused(GraphError):
    """Microsoft Graph does not understand the request. This is a mistake in Pilotage, or this
    cloud does not offer the resource.
    """


class QueryNotSupported(RequestRefused):
    """Microsoft Graph does not support a query that reading this list takes."""


class ResourceNotOffered(RequestRefused):
    """Microsoft Graph does not offer this resource in the organization's cloud."""


class RequestNotAccepted(RequestRefused):
    """Microsoft Graph's address does not take requests of this form. Check PILOTAGE_GRAPH_URL and
    what stands in between.
    """


class RequestTooLong(RequestRefused):
    """The request is longer than something on the way to Microsoft Graph lets through."""


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


class EndlessPages(LinkLoop):
    """Graph's pages do not end, so reading was stopped."""


# Access


class TokenRefused(GraphError):
    """Microsoft Graph refuses a fresh access token. Check the clock of this machine, and that the
    Graph address belongs to the same cloud as the sign-in address.
    """


class TokenOfAnotherCloud(TokenRefused):
    """Microsoft Graph says that the access token is meant for something else. Check that
    PILOTAGE_MICROSOFT_CLOUD and PILOTAGE_GRAPH_URL belong together.
    """


class TokenOutsideItsTime(TokenRefused):
    """Microsoft Graph says that a fresh access token has expired, or is not valid yet. Check the
    clock of this machine.
    """


class ClaimsChallenge(TokenRefused):
    """A policy of the organization does not let this machine read on, though it gave a token. Ask
    its administrator which policy blocks the import application.
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


class IdentityDisabled(ConsentRevoked):
    """The organization has disabled the import application. Ask its administrator to enable it
    under Enterprise applications.
    """


class DirectoryNotFound(GraphError):
    """Microsoft Graph finds no directory for the organization's tenant. It may have been
    deleted.
    """


class PaymentRequired(GraphError):
    """Microsoft Graph gives this only to who pays for it, so it is left out."""


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
