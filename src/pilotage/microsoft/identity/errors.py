"""Every refusal of the identity platform that a person can do something about.

`IdentityError.evidence` holds Microsoft's own words. Classes are chosen in `aadsts.py`.
"""

from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.identity.evidence import Evidence


class IdentityError(MicrosoftError):
    """Microsoft refused the request for a reason that Pilotage does not know. The event log has
    its code and ids; look the code up at Microsoft or ask its support.
    """

    def __init__(self, text: str = "", *, evidence: Evidence | None = None) -> None:
        self.evidence = evidence or Evidence()
        super().__init__(text, details=self.evidence.as_details())


class IdentityUnavailable(IdentityError):
    """Microsoft's sign-in service does not answer at the moment. Try again in a few minutes."""

    status = 503
    is_transient = True

    def __init__(
        self, text: str = "", *, evidence: Evidence | None = None, fault: str = ""
    ) -> None:
        super().__init__(text, evidence=evidence)
        # Seconds that Microsoft asked to wait, if it did.
        self.retry_after: float | None = None
        if fault:
            self.details["fault"] = fault


class IdentityThrottled(IdentityUnavailable):
    """Microsoft's sign-in service asks to slow down. Pilotage goes on by itself."""


class IdentityUnreachable(IdentityUnavailable):
    """Microsoft's sign-in address could not be connected to. Check this machine's network, firewall
    and proxy, or try again in a few minutes.
    """


class IdentityAnswerUnreadable(IdentityUnavailable):
    """Something else than Microsoft's sign-in service answered at its address, or its answer was
    damaged. Check what stands between this machine and PILOTAGE_MICROSOFT_LOGIN_URL.
    """


class DiscoveryUnusable(IdentityError):
    """The sign-in server describes itself in a way that Pilotage does not trust. Check
    PILOTAGE_MICROSOFT_CLOUD and PILOTAGE_MICROSOFT_LOGIN_URL.
    """


class IdentityCertificateRefused(DiscoveryUnusable):
    """The certificate of Microsoft's sign-in address was not accepted. Check
    PILOTAGE_MICROSOFT_LOGIN_URL, SSL_CERT_FILE and the clock of this machine.
    """


class TenantNotFound(IdentityError):
    """Microsoft knows no such tenant in this cloud. Check the domain or tenant id."""


class TenantBlocked(IdentityError):
    """Microsoft has blocked the organization's tenant because nobody used it. Its administrator has
    20 days to ask Microsoft's support to open it again; then it is deleted.
    """


# The tenant's consent


class ConsentMissing(IdentityError):
    """The organization has not consented to the import, or has withdrawn its consent. Ask its
    administrator to open the activation link again.
    """

    is_propagation = True
    is_consent_lost = True


class ApplicationNotInTenant(ConsentMissing):
    """The import application is not present in the organization's tenant: it was never consented
    to, or was removed. Ask the administrator to open the activation link again.
    """


class ServicePrincipalMissing(ConsentMissing):
    """The organization's tenant has no service principal for the import application: it was never
    consented to, or was removed. Ask the administrator to open the activation link again.
    """


class GraphNotInTenant(ConsentMissing):
    """Microsoft Graph itself is not present in the organization's tenant: its subscription has
    ended, or this is another cloud.
    """


class GraphDisabledInTenant(IdentityError):
    """Microsoft Graph is disabled in the organization's tenant: its subscription has lapsed, or an
    administrator has disabled it under Enterprise applications.
    """

    is_consent_lost = True


class ConditionalAccessBlocks(IdentityError):
    """A Conditional Access policy of the organization blocks the application. Ask its
    administrator to exclude it from the policy.
    """


# This installation's own applications


class ApplicationDisabled(IdentityError):
    """Microsoft says that the application is disabled: look at its registration in your own tenant,
    and ask the organization's administrator whether it is disabled under Enterprise applications.
    """


class ApplicationMisconfigured(IdentityError):
    """The application's registration does not fit this installation: redirect address, scope or
    PKCE differ. Compare it with the guide for operators.
    """


class ScopeRefused(ApplicationMisconfigured):
    """Microsoft does not know the permission that was asked for. Check that
    PILOTAGE_MICROSOFT_CLOUD names the cloud of the sign-in address.
    """


class CredentialMissing(IdentityError):
    """The import application proved itself with nothing. Set its certificate."""


class SecretWrong(IdentityError):
    """Microsoft does not accept the application's client secret. Set the secret's value, not its
    id, and check that it belongs to this application.
    """


class SecretExpired(IdentityError):
    """The application's client secret has expired. Make a new one in Entra and set it."""


class CertificateRejected(IdentityError):
    """Microsoft does not accept the import application's certificate. Upload the certificate that
    is in use here to the application's registration.
    """


class CertificateExpired(IdentityError):
    """The import application's certificate has expired. Make a new one, upload it to the
    application's registration in Entra and set it here.
    """


class CertificateUnreadable(CertificateRejected):
    """The import application's certificate cannot be used. Set certificate and private key as one
    PEM text.
    """


class CertificateNotYetValid(CertificateRejected):
    """The import application's certificate is not valid yet. Check this machine's clock."""


class AssertionOutsideItsTime(IdentityError):
    """Microsoft finds the signed request too old or too new. Check this machine's clock, and
    whether the certificate has expired.
    """


class TokenOfAnotherTenant(IdentityError):
    """The access token belongs to another tenant than the one asked for; it was thrown away."""


# The person who signs in


class SignInDeclined(IdentityError):
    """The sign-in was cancelled. Open the activation link again when you are ready."""


class AdminApprovalNeeded(IdentityError):
    """Only an administrator of the organization can approve this. Forward the link to a Global
    Administrator.
    """


class AccountNotInTenant(IdentityError):
    """This account does not belong to the organization. Sign in with one that does."""


class CodeAlreadyUsed(IdentityError):
    """This sign-in has been used already. Open the activation link again."""


class CodeExpired(IdentityError):
    """This sign-in has taken too long. Open the activation link again."""


class PersonalAccount(IdentityError):
    """This is a personal Microsoft account. Sign in with your work or school account."""


class TokenRejected(IdentityError):
    """Microsoft's answer to the sign-in could not be verified, so nobody was signed in. Open the
    activation link again; tell your provider if it happens again.
    """

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
        self.details["reason"] = reason
