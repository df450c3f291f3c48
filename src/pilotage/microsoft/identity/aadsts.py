"""From Microsoft's error codes to the errors people can act on.

Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
"""

from pilotage.kernel import clock
from pilotage.microsoft import retry_after
from pilotage.microsoft.identity import errors
from pilotage.microsoft.identity.errors import IdentityError
from pilotage.microsoft.identity.evidence import Evidence, from_answer
from pilotage.microsoft.transport import Answer

_BY_CODE: dict[int, type[IdentityError]] = {
    90002: errors.TenantNotFound,
    900021: errors.TenantNotFound,
    900023: errors.TenantNotFound,
    5000225: errors.TenantBlocked,
    65001: errors.ConsentMissing,
    700016: errors.ApplicationNotInTenant,
    7000229: errors.ServicePrincipalMissing,
    650051: errors.ServicePrincipalMissing,
    650052: errors.GraphNotInTenant,
    500011: errors.GraphNotInTenant,
    500014: errors.GraphDisabledInTenant,
    53003: errors.ConditionalAccessBlocks,
    530036: errors.ConditionalAccessBlocks,
    7000112: errors.ApplicationDisabled,
    7000215: errors.SecretWrong,
    7000222: errors.SecretExpired,
    700027: errors.CertificateRejected,
    700024: errors.AssertionOutsideItsTime,
    50011: errors.ApplicationMisconfigured,
    500112: errors.ApplicationMisconfigured,
    501481: errors.ApplicationMisconfigured,
    50059: errors.ApplicationMisconfigured,
    700007: errors.ApplicationMisconfigured,
    700023: errors.ApplicationMisconfigured,
    900144: errors.ApplicationMisconfigured,
    9002313: errors.ApplicationMisconfigured,
    70011: errors.ScopeRefused,
    1002012: errors.ScopeRefused,
    7000216: errors.CredentialMissing,
    7000218: errors.CredentialMissing,
    65004: errors.SignInDeclined,
    90093: errors.AdminApprovalNeeded,
    90094: errors.AdminApprovalNeeded,
    90095: errors.AdminApprovalNeeded,
    50020: errors.AccountNotInTenant,
    50034: errors.AccountNotInTenant,
    54005: errors.CodeAlreadyUsed,
    70008: errors.CodeExpired,
    90006: errors.IdentityUnavailable,
    90024: errors.IdentityUnavailable,
    90055: errors.IdentityThrottled,
    90033: errors.IdentityUnavailable,
}
# One code for all that is wrong with a signed request; the reason stands in its text alone.
_BAD_ASSERTION, _EXPIRED_KEY = 700027, "key used is expired"
_BY_ERROR: dict[str, type[IdentityError]] = {
    "access_denied": errors.SignInDeclined,
    "consent_required": errors.ConsentMissing,
    "invalid_tenant": errors.TenantNotFound,
    "server_error": errors.IdentityUnavailable,
    "temporarily_unavailable": errors.IdentityUnavailable,
    "unauthorized_client": errors.ApplicationNotInTenant,
}


def error_for(evidence: Evidence) -> IdentityError:
    """The named error for this evidence: by code, then by OAuth error, then by HTTP status."""
    for code in evidence.codes:
        if code == _BAD_ASSERTION and _EXPIRED_KEY in evidence.description.lower():
            return errors.CertificateExpired(evidence=evidence)
        if code in _BY_CODE:
            return _BY_CODE[code](evidence=evidence)
    if evidence.status == 429:
        return errors.IdentityThrottled(evidence=evidence)
    if evidence.status == 408 or evidence.status >= 500:
        return errors.IdentityUnavailable(evidence=evidence)
    named = _BY_ERROR.get(evidence.error) if not evidence.codes else None
    return (named or IdentityError)(evidence=evidence)


def error_in(answer: Answer) -> IdentityError:
    """The named error for an answer of the identity platform that is no success."""
    error = error_for(from_answer(answer))
    if isinstance(error, errors.IdentityUnavailable):
        error.retry_after = retry_after.seconds(answer.header("retry-after"), clock.now())
    return error
