"""Which directory roles can consent to Graph application permissions.

Cloud and Application Administrators cannot. Source: https://learn.microsoft.com/entra/identity/
role-based-access-control/permissions-reference
"""

from collections.abc import Iterable

from pilotage.microsoft.identity.admin import SignedInAdmin

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
PRIVILEGED_ROLE_ADMINISTRATOR = "e8611ab8-c189-46e8-94e1-60213ab1f814"
CONSENTING_ROLES = frozenset({GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR})


def is_consenting(template_ids: Iterable[str]) -> bool:
    """Whether one of these role template ids may consent."""
    return any(template_id.lower() in CONSENTING_ROLES for template_id in template_ids)


def can_consent(admin: SignedInAdmin) -> bool:
    """Whether the id token shows a role that may consent; `proof.py` asks Graph once more."""
    return is_consenting(admin.wids)
