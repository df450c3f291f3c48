"""The admin consent page: sending an administrator there, and reading what comes back.

Source: https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode
from uuid import UUID

from pilotage.microsoft.identity.aadsts import error_for
from pilotage.microsoft.identity.browser import browser_url
from pilotage.microsoft.identity.errors import (
    AdminApprovalNeeded,
    ConsentMissing,
    IdentityError,
    SignInDeclined,
)
from pilotage.microsoft.identity.evidence import Evidence, from_fields
from pilotage.microsoft.settings import MicrosoftSettings

# v1's page says permission_denied when the administrator cancels.
_CANCELLED = {"access_denied", "permission_denied"}


class ConsentOutcome(StrEnum):
    """How the consent page was left; `GRANTED` is a claim that `proof.py` has to prove."""

    GRANTED = "granted"
    DECLINED = "declined"
    NEEDS_APPROVAL = "needs_approval"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """What the redirect says. Anybody can send it: `tenant_id` may only be compared with the
    tenant of the signed-in admin, never believed.
    """

    outcome: ConsentOutcome
    state: str
    tenant_id: UUID | None
    evidence: Evidence


def consent_url(
    settings: MicrosoftSettings, *, tenant_id: UUID, redirect_uri: str, state: str
) -> str:
    """The consent page of one tenant, asking for all permissions of the import application.

    Never `organizations` and never `common`: the tenant is the one of the verified sign-in.
    """
    query = {
        "client_id": settings.import_client_id,
        "scope": settings.graph_scope,
        "redirect_uri": redirect_uri,
        "state": state,
    }
    return f"{browser_url(settings)}/{tenant_id}/v2.0/adminconsent?{urlencode(query)}"


def consent_answer(query: Mapping[str, str]) -> ConsentAnswer:
    """Read the query of the redirect; any `error` wins, and `admin_consent` is not looked at."""
    evidence = from_fields(query)
    return ConsentAnswer(
        outcome=_outcome(evidence),
        state=query.get("state", ""),
        tenant_id=_guid(query.get("tenant", "")),
        evidence=evidence,
    )


def sign_in_refusal(query: Mapping[str, str]) -> IdentityError | None:
    """The error in the query of the sign-in's redirect, or None when there is none."""
    evidence = from_fields(query)
    return error_for(evidence) if evidence.error else None


def _outcome(evidence: Evidence) -> ConsentOutcome:
    if not evidence.error:
        return ConsentOutcome.GRANTED
    error = error_for(evidence)
    if isinstance(error, AdminApprovalNeeded):
        return ConsentOutcome.NEEDS_APPROVAL
    if type(error) in {SignInDeclined, ConsentMissing} or evidence.error in _CANCELLED:
        return ConsentOutcome.DECLINED
    return ConsentOutcome.FAILED


def _guid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
