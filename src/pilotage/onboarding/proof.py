"""What has to be proven before a tenant is bound."""

from uuid import UUID

from django.conf import settings

from pilotage.imports.collectors.registry import missing_permissions
from pilotage.microsoft import proof as microsoft
from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.graph.errors import PermissionMissing, TokenRefused
from pilotage.microsoft.proof import Proof

# Without one of these Graph tells of an admin's roles no more than that they exist.
_ROLE_READERS = frozenset(
    {"RoleManagement.Read.Directory", "RoleManagement.Read.All", "Directory.Read.All"}
)


def prove_tenant(tenant_id: UUID, admin_oid: UUID | None) -> Proof:
    """Ask Microsoft, as the import application, for that tenant; see `microsoft.proof`."""
    missing_of = missing_permissions if admin_oid is None else _missing_with_roles
    return microsoft.prove_access(settings.MICROSOFT, tenant_id, missing_of, admin_oid)


def may_pass(error: MicrosoftError) -> bool:
    """Whether the error can go away by itself in the first minutes after a consent."""
    refused_for_now = isinstance(error, PermissionMissing | TokenRefused)
    return error.is_propagation or error.is_transient or refused_for_now


def _missing_with_roles(granted: frozenset[str]) -> frozenset[str]:
    lacking = frozenset[str]() if granted & _ROLE_READERS else {"RoleManagement.Read.Directory"}
    return missing_permissions(granted) | lacking
