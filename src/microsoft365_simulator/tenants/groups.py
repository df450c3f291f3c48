"""The group resource: security, Microsoft 365, dynamic, distribution, role-assignable."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from microsoft365_simulator.tenants.home import Home
from microsoft365_simulator.tenants.subject import Kind, Subject
from microsoft365_simulator.tenants.words import AWKWARD, DEPARTMENTS, PLACES

ROLE_ASSIGNABLE = 0


class Sort(IntEnum):
    """What sort of group it is; the value is the upper bound in a byte of noise."""

    SECURITY = 110
    UNIFIED = 170
    DYNAMIC = 190
    DYNAMIC_UNIFIED = 200
    DISTRIBUTION = 215
    MAIL_SECURITY = 230
    SYNCED = 255


def sort_of(index: int, noise: bytes) -> Sort:
    """The sort of a group; number 0 is the one that roles can be assigned to."""
    if index == ROLE_ASSIGNABLE:
        return Sort.SECURITY
    return next(sort for sort in Sort if noise[0] <= sort)


class Group(Subject):
    """The parts of a group that several properties are made of."""

    __slots__ = ("display", "nickname", "sort")

    def __init__(self, home: Home, index: int, object_id: str, noise: bytes) -> None:
        super().__init__(home, index, object_id, noise)
        self.sort = sort_of(index, noise)
        department = DEPARTMENTS[noise[1] % len(DEPARTMENTS)]
        place = PLACES[noise[2] % len(PLACES)][0]
        self.display = f"{department} – {place} {index}"
        if noise[3] < 8:
            self.display = f"{AWKWARD[noise[3] % len(AWKWARD)][:240]} {index}"
        if index == ROLE_ASSIGNABLE:
            self.display = "Role holders"
        self.nickname = f"group{index}"

    @property
    def has_mail(self) -> bool:
        return self.sort in _WITH_MAIL

    @property
    def mail(self) -> str | None:
        return f"{self.nickname}@{self.home.domain}" if self.has_mail else None


_UNIFIED = frozenset({Sort.UNIFIED, Sort.DYNAMIC_UNIFIED})
_DYNAMIC = frozenset({Sort.DYNAMIC, Sort.DYNAMIC_UNIFIED})
_WITH_MAIL = frozenset({*_UNIFIED, Sort.DISTRIBUTION, Sort.MAIL_SECURITY})


def _group_types(group: Group) -> list[str]:
    dynamic = ["DynamicMembership"] if group.sort in _DYNAMIC else []
    return [*dynamic, "Unified"] if group.sort in _UNIFIED else dynamic


def _rule(group: Group) -> str | None:
    if group.sort not in _DYNAMIC:
        return None
    department = DEPARTMENTS[group.noise[1] % len(DEPARTMENTS)].replace('"', '`"')
    return f'(user.department -eq "{department}") and (user.accountEnabled -eq true)'


def _description(group: Group) -> str | None:
    if group.noise[4] > 150:
        return None
    long = group.noise[4] == 0
    return ("Everything about this group. " * 36)[:1024] if long else f"Made for {group.display}"


PROPERTIES: dict[str, Callable[[Group], object]] = {
    "id": lambda g: g.id,
    "deletedDateTime": lambda g: None,
    "classification": lambda g: "Internal" if g.noise[5] < 40 else None,
    "createdDateTime": lambda g: g.home.when(g.noise[6] * 12, g.noise[7]),
    "creationOptions": lambda g: ["Team"] if g.sort in _UNIFIED else [],
    "description": _description,
    "displayName": lambda g: g.display,
    "expirationDateTime": lambda g: None,
    "groupTypes": _group_types,
    "isAssignableToRole": lambda g: True if g.index == ROLE_ASSIGNABLE else None,
    "mail": lambda g: g.mail,
    "mailEnabled": lambda g: g.has_mail,
    "mailNickname": lambda g: g.nickname,
    "membershipRule": _rule,
    "membershipRuleProcessingState": lambda g: "On" if g.sort in _DYNAMIC else None,
    "onPremisesDomainName": lambda g: g.home.domain if g.sort is Sort.SYNCED else None,
    "onPremisesLastSyncDateTime": lambda g: (
        g.home.when(g.noise[8] % 9, g.noise[9]) if g.sort is Sort.SYNCED else None
    ),
    "onPremisesNetBiosName": lambda g: (
        g.home.domain.split(".")[0][:15].upper() if g.sort is Sort.SYNCED else None
    ),
    "onPremisesSamAccountName": lambda g: g.nickname if g.sort is Sort.SYNCED else None,
    "onPremisesSecurityIdentifier": lambda g: (
        f"{g.home.security_identifier}-{g.index + 5_000_000}" if g.sort is Sort.SYNCED else None
    ),
    "onPremisesSyncEnabled": lambda g: True if g.sort is Sort.SYNCED else None,
    "preferredDataLocation": lambda g: None,
    "preferredLanguage": lambda g: None,
    "proxyAddresses": lambda g: [f"SMTP:{g.mail}"] if g.mail else [],
    "renewedDateTime": lambda g: g.home.when(g.noise[6], g.noise[7]),
    "resourceBehaviorOptions": lambda g: [],
    "resourceProvisioningOptions": lambda g: ["Team"] if g.sort in _UNIFIED else [],
    "securityEnabled": lambda g: g.sort is not Sort.DISTRIBUTION and g.sort not in _UNIFIED,
    "securityIdentifier": lambda g: f"S-1-12-1-{g.index + 1}-{int.from_bytes(g.noise[:4], 'big')}",
    "theme": lambda g: None,
    "uniqueName": lambda g: None,
    "visibility": lambda g: ("Private", "Public")[g.noise[10] & 1] if g.sort in _UNIFIED else None,
    "onPremisesProvisioningErrors": lambda g: [],
    "serviceProvisioningErrors": lambda g: [],
}

GROUP = Kind(
    code=2,
    path="groups",
    type_name="microsoft.graph.group",
    properties=PROPERTIES,
    default_select=tuple(PROPERTIES),
    make=Group,
    absent_on_lists=frozenset(
        {
            "allowExternalSenders",
            "autoSubscribeNewMembers",
            "hideFromAddressLists",
            "hideFromOutlookClients",
            "isSubscribedByMail",
            "unseenCount",
        }
    ),
    relations=frozenset({"members", "owners"}),
)
