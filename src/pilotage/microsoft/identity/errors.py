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


class DiscoveryUnusable(IdentityError):
    """The sign-in server describes itself in a way that Pilotage does not trust. Check
    PILOTAGE_MICROSOFT_CLOUD and PILOTAGE_MICROSOFT_LOGIN_URL.
    """


class TenantNotFound(IdentityError):
    """Microsoft knows no such tenant in this cloud. Check the domain or tenant id."""


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


class ServicePrincipalDisabled(IdentityError):
    """The organization has disabled sign-in for the import application. Ask its administrator to
    enable it under Enterprise applications.
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
