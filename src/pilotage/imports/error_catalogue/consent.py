"""The tenant and its consent."""

from pilotage.imports.error_catalogue.entry import (
    AADSTS,
    ENTERPRISE_APPS,
    ERROR,
    INFO,
    LEARN,
    WARNING,
    Acts,
    Effect,
    Entries,
    Entry,
    Remedy,
)

_LINK = "Send the activation link again; an administrator has to open it and accept."
_WAITS = "Nothing to do: the import goes on by itself."
_PERMISSIONS = f"{LEARN}/graph/permissions-reference"

CONSENT: Entries = {
    "consent_missing": Entry(
        ERROR, Acts.CUSTOMER, Effect.CONSENT_LOST,
        "The organization has not consented to the import.", _LINK, Remedy.RECONSENT, AADSTS,
    ),
    "application_not_in_tenant": Entry(
        ERROR, Acts.CUSTOMER, Effect.CONSENT_LOST,
        "The import application is not present in the organization's tenant.", _LINK,
        Remedy.RECONSENT, AADSTS,
    ),
    "service_principal_missing": Entry(
        ERROR, Acts.CUSTOMER, Effect.CONSENT_LOST,
        "The import application was removed from the organization's tenant.", _LINK,
        Remedy.RECONSENT, AADSTS,
    ),
    "consent_revoked": Entry(
        ERROR, Acts.CUSTOMER, Effect.CONSENT_LOST,
        "Microsoft Graph no longer knows the import application in the tenant.", _LINK,
        Remedy.RECONSENT,
    ),
    "identity_disabled": Entry(
        ERROR, Acts.CUSTOMER, Effect.CONSENT_LOST,
        "The organization has disabled the import application while it was reading.",
        "An administrator has to enable it under Enterprise applications; then retry.",
        link=ENTERPRISE_APPS,
    ),
    "graph_not_in_tenant": Entry(
        ERROR, Acts.CUSTOMER, Effect.CONSENT_LOST,
        "Microsoft Graph is not present in the organization's tenant.",
        "The organization has to check its Microsoft subscription; then send the link again.",
        Remedy.RECONSENT, AADSTS,
    ),
    "graph_disabled_in_tenant": Entry(
        ERROR, Acts.CUSTOMER, Effect.CONSENT_LOST,
        "Microsoft Graph is disabled in the organization's tenant.",
        "An administrator has to renew the subscription, or enable Microsoft Graph under "
        "Enterprise applications; then retry.",
        link=ENTERPRISE_APPS,
    ),
    "permission_missing": Entry(
        ERROR, Acts.CUSTOMER, Effect.CONSENT_OUTDATED,
        "The organization has not granted the permission this needs.", _LINK, Remedy.RECONSENT,
        _PERMISSIONS,
    ),
    "conditional_access_blocks": Entry(
        ERROR, Acts.CUSTOMER, Effect.RUN_FAILS,
        "A Conditional Access policy of the organization blocks the import.",
        "An administrator has to exclude the import application from the policy; then retry.",
        link=f"{LEARN}/entra/identity/conditional-access/workload-identity",
    ),
    "claims_challenge": Entry(
        ERROR, Acts.CUSTOMER, Effect.RUN_FAILS,
        "A policy of the organization ended the import's access while it was reading.",
        "An administrator has to allow this installation's address, or look into the risk that "
        "is reported for the application; then retry.",
        link=f"{LEARN}/entra/identity/conditional-access/concept-continuous-access-evaluation",
    ),
    "licence_missing": Entry(
        INFO, Acts.CUSTOMER, Effect.PART_LEFT_OUT,
        "The organization has no Microsoft licence for this.",
        "Nothing has to be done. With Microsoft Entra ID P1 or P2 it would be imported.",
        Remedy.NONE,
    ),
    "payment_required": Entry(
        WARNING, Acts.CUSTOMER, Effect.PART_FAILS,
        "Microsoft Graph gives this only to organizations that pay for it.",
        "The organization may enable billing for this part of Graph; the rest is imported.",
        Remedy.NONE, f"{LEARN}/graph/metered-api-overview",
    ),
    "tenant_not_found": Entry(
        ERROR, Acts.CUSTOMER, Effect.RUN_FAILS, "Microsoft knows no such tenant any more.",
        "If the organization has another tenant now, disconnect and send the activation link.",
        Remedy.NONE, AADSTS,
    ),
    "tenant_blocked": Entry(
        ERROR, Acts.CUSTOMER, Effect.RUN_FAILS,
        "Microsoft has blocked the organization's tenant because nobody used it.",
        "An administrator has 20 days to ask Microsoft's support to open it; then it is deleted.",
        Remedy.RETRY, "https://aka.ms/TenantLifecycle",
    ),
    "directory_not_found": Entry(
        ERROR, Acts.CUSTOMER, Effect.RUN_FAILS,
        "Microsoft Graph finds no directory for the organization's tenant.",
        "Ask the organization whether the tenant was deleted; it can be restored for 30 days.",
    ),
    "propagation": Entry(
        INFO, Acts.NOBODY, Effect.WAITS,
        "Microsoft has not yet spread the new consent to all its servers.", _WAITS, Remedy.WAIT,
    ),
    "consent_in_doubt": Entry(
        INFO, Acts.NOBODY, Effect.WAITS,
        "Microsoft refused a consent that is minutes old; it is looked at a second time.",
        _WAITS, Remedy.WAIT,
    ),
}  # fmt: skip
