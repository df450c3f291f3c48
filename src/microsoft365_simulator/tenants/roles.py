"""Directory roles that are active in a tenant, and who holds them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from microsoft365_simulator.tenants.groups import ROLE_ASSIGNABLE
from microsoft365_simulator.tenants.home import CAST_SIZE
from microsoft365_simulator.tenants.memberships import GROUP_CODE, USER_CODE, Member
from microsoft365_simulator.tenants.subject import Kind, Subject

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
PRIVILEGED_ROLE_ADMINISTRATOR = "e8611ab8-c189-46e8-94e1-60213ab1f814"
CLOUD_APPLICATION_ADMINISTRATOR = "158c047a-c907-4556-b7ef-446551a6b5f7"
MEMBER_TEMPLATE = "b79fbf4d-3ef9-4689-8143-76b194e85509"
GUEST_TEMPLATE = "10dae51f-b6af-4016-8d66-8c2a99b929b3"
# Who may consent to application permissions of Microsoft Graph for the whole organization.
CONSENTING = frozenset({GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR})


class RoleTemplate(NamedTuple):
    """An active role: Microsoft's template id, its name, and the cast that holds it."""

    template_id: str
    name: str
    cast: tuple[int, ...] = ()
    others: int = 0  # how many generated users hold it too
    has_group: bool = False


TEMPLATES = (
    RoleTemplate(GLOBAL_ADMINISTRATOR, "Global Administrator", cast=(0, 4), others=2),
    RoleTemplate(PRIVILEGED_ROLE_ADMINISTRATOR, "Privileged Role Administrator", cast=(1,)),
    RoleTemplate(CLOUD_APPLICATION_ADMINISTRATOR, "Cloud Application Administrator", cast=(2,)),
    RoleTemplate("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", others=4),
    RoleTemplate(
        "729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator", others=3, has_group=True
    ),
    RoleTemplate("29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator", others=2),
    RoleTemplate("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader", others=1),
    RoleTemplate("88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers"),
)
TEMPLATE_OF_CAST = {
    index: template.template_id for template in TEMPLATES for index in template.cast
}


def made_members(role: int, users: int) -> list[Member]:
    """The holders of a role that follow from the seed: cast, generated users, one group."""
    template = TEMPLATES[role]
    holders: list[Member] = [(USER_CODE, index) for index in template.cast]
    free = users - CAST_SIZE
    holders += [
        (USER_CODE, CAST_SIZE + (role * 97 + nth * 31) % free)
        for nth in range(min(template.others, free))
    ]
    if template.has_group:
        holders.append((GROUP_CODE, ROLE_ASSIGNABLE))
    return list(dict.fromkeys(holders))


PROPERTIES: dict[str, Callable[[Subject], object]] = {
    "id": lambda r: r.id,
    "deletedDateTime": lambda r: None,
    "description": lambda r: f"Members of this role have the rights of {TEMPLATES[r.index].name}.",
    "displayName": lambda r: TEMPLATES[r.index].name,
    "roleTemplateId": lambda r: TEMPLATES[r.index].template_id,
}

DIRECTORY_ROLE = Kind(
    code=6,
    path="directoryRoles",
    type_name="microsoft.graph.directoryRole",
    properties=PROPERTIES,
    default_select=tuple(PROPERTIES),
    relations=frozenset({"members"}),
)
