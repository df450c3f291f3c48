"""The person whom Microsoft has vouched for."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

_TEXT_CAP = 256


@dataclass(frozen=True, slots=True)
class SignedInAdmin:
    """What a validated id token says. `wids` are the ids of directory role templates.

    Identity is (`tid`, `oid`) only: name and username are for display, as they can be changed.
    `is_guest`: the account's home is elsewhere, at `idp` if the token names it.
    """

    tid: UUID
    oid: UUID
    name: str
    username: str
    wids: frozenset[str]
    idp: str | None
    is_guest: bool
    uti: str


def admin_of(claims: dict[str, Any]) -> SignedInAdmin:
    """The person of validated claims."""
    tenant_id, issuer = claims["tid"], claims["iss"]
    idp = _text(claims, "idp") or None
    # v1 writes the tenant's own identity provider as https://sts.windows.net/{tid}/.
    is_home = idp in (None, issuer, f"https://sts.windows.net/{tenant_id}/")
    wids = claims.get("wids")
    return SignedInAdmin(
        tid=UUID(tenant_id),
        oid=UUID(claims["oid"]),
        name=_text(claims, "name"),
        username=_text(claims, "preferred_username") or _text(claims, "upn"),
        wids=frozenset(wid.lower() for wid in wids if isinstance(wid, str))
        if isinstance(wids, list)
        else frozenset(),
        idp=idp,
        is_guest=not is_home or claims.get("acct") == 1,
        uti=_text(claims, "uti"),
    )


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str):
        return ""
    return "".join(c for c in value if c.isprintable())[:_TEXT_CAP]
