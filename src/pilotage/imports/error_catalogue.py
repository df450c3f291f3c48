"""Everything that can go wrong in an import, in one table: code, severity, who acts, remedy.

Pages, API, command line and docs show these texts. The code of an error of the Microsoft client is
its class name, or that of its nearest ancestor that is listed here.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from pilotage.events.catalogue import Severity
from pilotage.kernel.errors import PilotageError


class Acts(StrEnum):
    """Who has to do something about it."""

    NOBODY = "nobody"
    PARTNER = "partner"
    CUSTOMER = "customer"
    MICROSOFT = "microsoft"
    PROVIDER = "provider"


class Remedy(StrEnum):
    """What one click can do about it."""

    NONE = "none"
    WAIT = "wait"
    RETRY = "retry"
    RECONSENT = "reconsent"


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of error: `text` says what happened, `remedy` what to do, `action` which click."""

    severity: Severity
    acts: Acts
    text: str
    remedy: str
    action: Remedy = Remedy.RETRY
    link: str = ""


INFO, WARNING, ERROR = Severity
_LEARN = "https://learn.microsoft.com"
_CODES = f"{_LEARN}/entra/identity-platform/reference-error-codes"
_APPS = f"{_LEARN}/entra/identity/enterprise-apps/disable-user-sign-in-portal"
_THROTTLING = f"{_LEARN}/graph/throttling"

_CONSENT = "Send the activation link again; an administrator has to open it and accept."
_WAITS = "Nothing to do: the import goes on by itself."
_PROVIDER = "The provider of this installation has to correct the Microsoft settings."

CATALOGUE: dict[str, Entry] = {
    # The tenant's consent
    "consent_missing": Entry(
        ERROR, Acts.CUSTOMER, "The organization has not consented to the import.", _CONSENT,
        Remedy.RECONSENT, _CODES,
    ),
    "application_not_in_tenant": Entry(
        ERROR, Acts.CUSTOMER, "The import application is not present in the organization's tenant.",
        _CONSENT, Remedy.RECONSENT, _CODES,
    ),
    "service_principal_missing": Entry(
        ERROR, Acts.CUSTOMER, "The import application was removed from the organization's tenant.",
        _CONSENT, Remedy.RECONSENT, _CODES,
    ),
    "service_principal_disabled": Entry(
        ERROR, Acts.CUSTOMER, "The organization has disabled sign-in for the import application.",
        "An administrator has to enable it under Enterprise applications; then retry.",
        Remedy.RETRY, _APPS,
    ),
    "consent_revoked": Entry(
        ERROR, Acts.CUSTOMER, "The organization has withdrawn its consent.", _CONSENT,
        Remedy.RECONSENT,
    ),
    "permission_missing": Entry(
        ERROR, Acts.CUSTOMER, "The organization has not granted the permission this needs.",
        _CONSENT,
        Remedy.RECONSENT, f"{_LEARN}/graph/permissions-reference",
    ),
    "missing_permissions": Entry(
        ERROR, Acts.CUSTOMER, "The organization has not granted all permissions.", _CONSENT,
        Remedy.RECONSENT, f"{_LEARN}/graph/permissions-reference",
    ),
    "conditional_access_blocks": Entry(
        ERROR, Acts.CUSTOMER, "A Conditional Access policy of the organization blocks the import.",
        "An administrator has to exclude the import application from the policy; then retry.",
        Remedy.RETRY, f"{_LEARN}/entra/identity/conditional-access/workload-identity",
    ),
    "licence_missing": Entry(
        INFO, Acts.CUSTOMER, "The organization has no Microsoft licence for this.",
        "It is left out. With Microsoft Entra ID P1 or P2 it would be imported.", Remedy.NONE,
    ),
    "tenant_not_found": Entry(
        ERROR, Acts.CUSTOMER, "Microsoft knows no such tenant any more.",
        "If the organization has another tenant now, disconnect and send the activation link.",
        Remedy.NONE, _CODES,
    ),
    "propagation": Entry(
        INFO, Acts.NOBODY, "Microsoft has not yet spread the new consent to all its servers.",
        _WAITS, Remedy.WAIT,
    ),
    # Microsoft's services
    "throttled": Entry(
        INFO, Acts.NOBODY, "Microsoft asked to slow down.", _WAITS, Remedy.WAIT, _THROTTLING
    ),
    "graph_unavailable": Entry(
        WARNING, Acts.MICROSOFT, "Microsoft Graph did not answer.",
        "It is tried again by itself for about two hours; retry after that.",
        link="https://status.cloud.microsoft",
    ),
    "identity_unavailable": Entry(
        WARNING, Acts.MICROSOFT, "Microsoft's sign-in service did not answer.",
        "It is tried again by itself for about two hours; retry after that.",
        link="https://status.cloud.microsoft",
    ),
    "answer_unreadable": Entry(
        ERROR, Acts.MICROSOFT, "Microsoft's answer was damaged, several times in a row.",
        "Retry. If it stays, give Microsoft's support the request id.",
    ),
    "answer_too_large": Entry(
        ERROR, Acts.PROVIDER, "Microsoft's answer was larger than Pilotage is willing to read.",
        "Report it to Pilotage's maintainers with the request id.",
    ),
    "nothing_returned": Entry(
        ERROR, Acts.MICROSOFT, "Microsoft returned an empty list where there is always something.",
        "Nothing was removed. Retry; if it stays, give Microsoft's support the request id.",
    ),
    "link_loop": Entry(
        ERROR, Acts.MICROSOFT, "Microsoft's pages link back to a page that was read already.",
        "Retry. If it stays, give Microsoft's support the request id.",
    ),
    "foreign_link": Entry(
        ERROR, Acts.PROVIDER, "An answer linked to an address that is not Microsoft Graph's.",
        "Nothing was sent there. Check PILOTAGE_GRAPH_URL and what stands in between.",
    ),
    "unexpected_redirect": Entry(
        ERROR, Acts.PROVIDER, "The Graph address answers with a redirect, which is never followed.",
        "Check PILOTAGE_GRAPH_URL and what stands in between.",
    ),
    "page_token_expired": Entry(
        WARNING, Acts.NOBODY, "Microsoft no longer knew the page to go on from, several times.",
        "Retry: the list is read from its start.",
    ),
    "delta_expired": Entry(
        WARNING, Acts.NOBODY, "Microsoft no longer knows what has changed since the last import.",
        "Retry: all is read anew.",
    ),
    "object_gone": Entry(
        WARNING, Acts.NOBODY, "Microsoft Graph does not know this resource.",
        "Retry. This cloud may not offer it; then it is left out.",
    ),
    "request_refused": Entry(
        ERROR, Acts.PROVIDER, "Microsoft Graph did not understand the request.",
        "This cloud may not offer the resource. Report it to Pilotage's maintainers.",
    ),
    "token_refused": Entry(
        ERROR, Acts.PROVIDER, "Microsoft Graph refused a fresh access token.",
        "Check the server's clock, and that sign-in and Graph addresses are of one cloud.",
    ),
    "graph_error": Entry(
        ERROR, Acts.PROVIDER, "Microsoft Graph refused the request for an unknown reason.",
        "Retry. If it stays, give Microsoft's support the request id.",
    ),
    # This installation
    "application_disabled": Entry(
        ERROR, Acts.PROVIDER, "Microsoft says that the import application is disabled.",
        f"{_PROVIDER} Or the organization has disabled it under Enterprise applications.",
        link=_APPS,
    ),
    "application_misconfigured": Entry(
        ERROR, Acts.PROVIDER, "The import application is not registered as it should be.", _PROVIDER
    ),
    "secret_wrong": Entry(
        ERROR, Acts.PROVIDER, "Microsoft does not accept the import application's secret.",
        _PROVIDER,
    ),
    "secret_expired": Entry(
        ERROR, Acts.PROVIDER, "The import application's secret has expired.", _PROVIDER
    ),
    "certificate_rejected": Entry(
        ERROR, Acts.PROVIDER, "Microsoft does not accept the import application's certificate.",
        _PROVIDER,
    ),
    "certificate_expired": Entry(
        ERROR, Acts.PROVIDER, "The import application's certificate has expired.",
        "Make a new certificate, upload it in Entra and set it here; then retry.",
    ),
    "assertion_outside_its_time": Entry(
        ERROR, Acts.PROVIDER, "Microsoft finds our signed request too old or too new.",
        "Check the server's clock, and whether the certificate has expired.",
    ),
    "discovery_unusable": Entry(
        ERROR, Acts.PROVIDER, "The sign-in server describes itself in a way that is not trusted.",
        _PROVIDER,
    ),
    "token_of_another_tenant": Entry(
        ERROR, Acts.PROVIDER, "Microsoft gave a token for another tenant; it was thrown away.",
        "Report it to Pilotage's maintainers.",
    ),
    "identity_error": Entry(
        ERROR, Acts.PROVIDER, "Microsoft refused the access token for an unknown reason.",
        "Look the code up at Microsoft; retry.", link=_CODES,
    ),
    "microsoft_error": Entry(
        ERROR, Acts.PROVIDER, "Microsoft refused this for an unknown reason.", "Retry."
    ),
    "internal_error": Entry(
        ERROR, Acts.PROVIDER, "The worker ended several times without reading a page.",
        "Look into the worker's log; report it to Pilotage's maintainers.",
    ),
    # The customer's account, and what follows from other errors
    "object_unreadable": Entry(
        WARNING, Acts.MICROSOFT, "Some objects could not be read and were left as they were.",
        "The rest was imported. Report it to Pilotage's maintainers with the request id.",
    ),
    "collector_needed": Entry(
        WARNING, Acts.NOBODY, "This needs another part of the import, which failed.",
        "See the error of that part.",
    ),
    "not_connected": Entry(
        ERROR, Acts.PARTNER, "The customer is no longer connected to a tenant.",
        "Send the activation link again.", Remedy.RECONSENT,
    ),
    "customer_suspended": Entry(
        WARNING, Acts.PARTNER, "The customer is suspended, so the import was stopped.",
        "Resume the customer; then retry.",
    ),
    "customer_expired": Entry(
        WARNING, Acts.PARTNER, "The customer's account has expired, so the import was stopped.",
        "Extend the trial or edit the customer; then retry.",
    ),
    "customer_terminated": Entry(
        WARNING, Acts.PARTNER, "The customer is terminated, so the import was stopped.",
        "Nothing is imported any more.", Remedy.NONE,
    ),
}  # fmt: skip
UNKNOWN = CATALOGUE["microsoft_error"]


def entry_for(code: str) -> Entry:
    """What is known about a code."""
    return CATALOGUE.get(code, UNKNOWN)


def code_of(error: PilotageError) -> str:
    """The catalogue's code for an error of the Microsoft client or of our own checks."""
    for kind in type(error).__mro__:
        code = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
        if code in CATALOGUE:
            return code
    return "microsoft_error"
