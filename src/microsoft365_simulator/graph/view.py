"""Which properties of a kind a call asked for, and the rows that show them."""

from __future__ import annotations

import msgspec

from microsoft365_simulator.graph import permissions
from microsoft365_simulator.graph.call import Call
from microsoft365_simulator.graph.errors import (
    GraphError,
    bad_request,
    non_premium,
    permission_missing,
)
from microsoft365_simulator.tenants.collection import Row
from microsoft365_simulator.tenants.memberships import Member
from microsoft365_simulator.tenants.principals import GRAPH_PRINCIPAL, SERVICE_PRINCIPAL
from microsoft365_simulator.tenants.subject import Kind

_SIGN_IN = "signInActivity"


def selected(call: Call, kind: Kind, *, is_list: bool = True) -> tuple[str, ...]:
    """The properties to show; raises GraphError for names there are not, or not here."""
    text = call.query.get("$select")
    if text is None or text.strip() in ("", "*"):
        return kind.default_select
    known = {name.lower(): name for name in kind.properties}
    names: dict[str, None] = {}
    for word in (part.strip() for part in text.split(",")):
        if word in kind.absent_on_lists and is_list:
            raise GraphError(501, "NotImplemented", f"'{word}' cannot be selected on a list.")
        if word in kind.relations or word in kind.absent_on_lists:
            continue
        if word.lower() not in known:
            raise no_such_property(word, kind, "Select and Expand")
        names[known[word.lower()]] = None
    if _SIGN_IN in names:
        demand_sign_in_activity(call)
    return tuple(names)


def no_such_property(name: str, kind: Kind, clause: str) -> GraphError:
    text = f"Parsing OData {clause} failed: Could not find a property named '{name}' on type"
    return bad_request(f"{text} '{kind.type_name}'.")


def demand_sign_in_activity(call: Call) -> None:
    """Sign-in activity needs a premium licence in the tenant and a permission of its own."""
    if not call.directory.definition.premium:
        raise non_premium()
    if permissions.SIGN_IN_ACTIVITY.isdisjoint(call.roles):
        raise permission_missing("AuditLog.Read.All")


def context(call: Call, path: str, kind: Kind, names: tuple[str, ...]) -> str:
    """The value of @odata.context for a listing."""
    chosen = f"({','.join(names)})" if "$select" in call.query and names else ""
    return f"{call.base}/$metadata#{path}{chosen}"


def rows_of(call: Call, kind: Kind, indices: list[int], names: tuple[str, ...]) -> list[Row]:
    """Rows of one kind; the principal of Graph also shows the permissions it offers."""
    rows = call.directory.collections[kind.path].rows(indices, names)
    if kind is SERVICE_PRINCIPAL and "appRoles" in names:
        for index, row in zip(indices, rows, strict=True):
            if index == GRAPH_PRINCIPAL:
                row["appRoles"] = _graph_roles()
    return rows


def _graph_roles() -> list[dict[str, object]]:
    return [
        {
            "allowedMemberTypes": ["Application"],
            "description": name,
            "displayName": name,
            "id": role_id,
            "isEnabled": True,
            "origin": "Application",
            "value": name,
        }
        for name, role_id in permissions.ROLE_IDS.items()
    ]


def mixed_rows(call: Call, members: list[Member], *, with_type: bool = True) -> list[Row]:
    """Rows of several kinds in the given order.

    Of a kind that the caller may not read only type and id are shown, the rest is null.
    """
    by_code: dict[int, list[int]] = {}
    for code, index in members:
        by_code.setdefault(code, []).append(index)
    shown: dict[Member, Row] = {}
    for code, indices in by_code.items():
        kind = call.directory.by_code[code].kind
        names = _shared_select(call, kind)
        is_readable = permissions.may_read(call.roles, kind.path)
        rows = rows_of(call, kind, indices, tuple(dict.fromkeys((*names, "id"))))
        for index, row in zip(indices, rows, strict=True):
            values = row if is_readable else dict.fromkeys(row) | {"id": row["id"]}
            if "id" not in names:
                del values["id"]
            head: Row = {"@odata.type": kind.odata_type} if with_type else {}
            shown[code, index] = head | values
    return [shown[member] for member in members]


def _shared_select(call: Call, kind: Kind) -> tuple[str, ...]:
    """Where kinds are mixed, a selected name counts for the kinds that have it."""
    text = call.query.get("$select")
    if text is None:
        return kind.default_select
    return tuple(word for word in (w.strip() for w in text.split(",")) if word in kind.properties)


def encoded(rows: list[Row]) -> bytes:
    return msgspec.json.encode(rows)
