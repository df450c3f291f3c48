"""Who can sign in: the cast of each tenant, any of its users, and personal accounts."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

from microsoft365_simulator.tenants.definition import CONSUMERS
from microsoft365_simulator.tenants.directory import Directory
from microsoft365_simulator.tenants.object_ids import derived_guid
from microsoft365_simulator.tenants.person import CAST, GUEST, GUEST_HOME
from microsoft365_simulator.tenants.roles import (
    CONSENTING,
    GUEST_TEMPLATE,
    MEMBER_TEMPLATE,
    TEMPLATES,
)
from microsoft365_simulator.tenants.users import USER

PERSONAL = {
    "pat@personal.example": "Pat Private",
    "sam@personal.example": "Sam Solo",
}
_GUEST_ISSUER = f"https://sts.windows.net/{derived_guid('tenant of', GUEST_HOME)}/"
_PERSONAL_ISSUER = "live.com"


@dataclass(frozen=True, slots=True)
class Account:
    """Someone at sign-in; `idp` is set for guests and personal accounts."""

    login: str
    tenant_id: str
    oid: str
    name: str
    preferred_username: str
    role: str
    wids: tuple[str, ...] = ()
    idp: str | None = None
    is_enabled: bool = True

    @property
    def is_personal(self) -> bool:
        return self.tenant_id == CONSUMERS

    @property
    def can_consent(self) -> bool:
        """Whether the account may grant application permissions for its organization."""
        return not CONSENTING.isdisjoint(self.wids)

    def subject(self, client_id: str) -> str:
        """The pairwise `sub`: another one for each application."""
        return hmac.new(client_id.encode(), self.oid.encode(), sha256).hexdigest()[:43]


def personal(login: str) -> Account | None:
    name = PERSONAL.get(login.lower())
    if name is None:
        return None
    oid = f"00000000-0000-0000-{derived_guid(login)[19:]}"
    return Account(
        login.lower(), CONSUMERS, oid, name, login.lower(), "Personal account", (), _PERSONAL_ISSUER
    )


def cast(directory: Directory) -> list[Account]:
    """The five accounts every tenant has, as far as they have not been deleted."""
    indices = directory.users.existing(range(len(CAST)))
    return [account_of(directory, index) for index in indices]


def find(directory: Directory, login: str) -> Account | None:
    """A user of the tenant by what is typed at sign-in."""
    wanted = login.strip().lower()
    guest_login = f"{CAST[GUEST].local}@{directory.home.domain}"
    if wanted == guest_login:
        return account_of(directory, GUEST) if directory.users.exists(GUEST) else None
    index = directory.find_user(wanted) if "@" in wanted else None
    return None if index is None else account_of(directory, index)


def account_of(directory: Directory, index: int) -> Account:
    """The account of a user number."""
    names = ("id", "displayName", "userPrincipalName", "mail", "accountEnabled", "userType")
    row = directory.users.row(index, names)
    upn, is_guest = str(row["userPrincipalName"]), row["userType"] == "Guest"
    roles = directory.roles_of((USER.code, index))
    is_cast = index < len(CAST)
    return Account(
        login=f"{CAST[index].local}@{directory.home.domain}" if is_cast else upn.lower(),
        tenant_id=directory.tenant_id,
        oid=str(row["id"]),
        name=str(row["displayName"]),
        preferred_username=str(row["mail"] or upn) if is_guest else upn,
        role=_role_text(roles, is_guest=is_guest),
        wids=_wids(roles, is_guest=is_guest),
        idp=_GUEST_ISSUER if is_guest else None,
        is_enabled=bool(row["accountEnabled"]),
    )


def _wids(roles: list[int], *, is_guest: bool) -> tuple[str, ...]:
    held = [TEMPLATES[role].template_id for role in roles]
    return (*held, GUEST_TEMPLATE if is_guest else MEMBER_TEMPLATE)


def _role_text(roles: list[int], *, is_guest: bool) -> str:
    held = ", ".join(TEMPLATES[role].name for role in roles)
    if is_guest:
        return f"Guest, {held}" if held else "Guest"
    return held or "Ordinary user"
