"""Groups, and the choices of which of them to show."""

from django.db.models import Q

from pilotage.directory.lists.kind import Kind, Show
from pilotage.directory.models import Group

_UNIFIED = Q(group_types__contains=["Unified"])
# Source: https://learn.microsoft.com/graph/api/resources/groups-overview
_MICROSOFT_365 = "Microsoft 365"
_SECURITY = "Security"
_MAIL_SECURITY = "Mail-enabled security"
_DISTRIBUTION = "Distribution list"

GROUPS = Kind(
    name="groups",
    noun="group",
    model=Group,
    names=("display_name", "mail", "id"),
    searched=("display_name", "mail"),
    shows={
        "microsoft_365": Show(_MICROSOFT_365, lambda rows, _: rows.filter(_UNIFIED)),
        "security": Show(
            _SECURITY,
            lambda rows, _: rows.exclude(_UNIFIED).filter(security_enabled=True),
        ),
        "distribution": Show(
            "Distribution lists",
            lambda rows, _: rows.exclude(_UNIFIED).filter(
                mail_enabled=True, security_enabled=False
            ),
        ),
        "dynamic": Show(
            "Dynamic", lambda rows, _: rows.filter(group_types__contains=["DynamicMembership"])
        ),
        "role": Show("May hold roles", lambda rows, _: rows.filter(is_assignable_to_role=True)),
        "synced": Show("Synced from on-premises", lambda rows, _: rows.filter(is_synced=True)),
    },
)


def kind_of(group: Group) -> str:
    """What Microsoft's admin centers call a group of this kind."""
    if "Unified" in (group.group_types or []):
        return _MICROSOFT_365
    if group.mail_enabled:
        return _MAIL_SECURITY if group.security_enabled else _DISTRIBUTION
    return _SECURITY
