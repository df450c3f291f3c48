"""What a tenant has one of, or a handful: organization, domains, products, role assignments."""

from __future__ import annotations

from microsoft365_simulator import clock
from microsoft365_simulator.graph import permissions
from microsoft365_simulator.graph.call import Answer, Call, collection, entity
from microsoft365_simulator.graph.errors import bad_request, no_such_segment, not_found
from microsoft365_simulator.graph.view import encoded
from microsoft365_simulator.tenants.collection import Row
from microsoft365_simulator.tenants.domains import domains
from microsoft365_simulator.tenants.object_ids import derived_guid
from microsoft365_simulator.tenants.organization import organization
from microsoft365_simulator.tenants.principals import FIRST_PARTY, GRAPH_PRINCIPAL
from microsoft365_simulator.tenants.subscribed_skus import subscribed_skus

_MAKERS = {
    "organization": organization,
    "domains": domains,
    "subscribedSkus": subscribed_skus,
}
NAMES = frozenset(_MAKERS)


def tenant_resource(call: Call, name: str, rest: list[str]) -> Answer:
    """`GET /organization`, `/domains` and `/subscribedSkus`, whole or one by id."""
    permissions.demand(call.roles, name)
    if "$top" in call.query and name == "subscribedSkus":
        raise bad_request("The query option '$top' is not supported for this resource.")
    rows = _MAKERS[name](call.directory)
    context = f"{call.base}/$metadata#{name}"
    if not rest:
        return Answer(collection(_chosen_context(call, context), encoded(_selected(call, rows))))
    if len(rest) > 1:
        raise no_such_segment(rest[1])
    found = [row for row in rows if row["id"] == rest[0]]
    if not found:
        raise not_found(rest[0])
    return Answer(entity(f"{context}/$entity", _selected(call, found)[0]))


def _chosen_context(call: Call, context: str) -> str:
    return f"{context}({call.query['$select']})" if "$select" in call.query else context


def _selected(call: Call, rows: list[Row]) -> list[Row]:
    text = call.query.get("$select")
    if not text or not rows:
        return rows
    names = [word.strip() for word in text.split(",")]
    unknown = [name for name in names if name not in rows[0]]
    if unknown:
        raise bad_request(
            "Parsing OData Select and Expand failed: Could not find a property named "
            f"'{unknown[0]}' on type 'microsoft.graph.{call.segments[0].rstrip('s')}'."
        )
    return [{name: row[name] for name in names} for row in rows]


def app_role_assignments(call: Call, principal: int, rest: list[str]) -> Answer:
    """`GET /servicePrincipals/{id}/appRoleAssignments`: what an application may do in Graph."""
    permissions.demand(call.roles, "servicePrincipals")
    found = call.directory.collections["servicePrincipals"]
    row = found.row(principal, ("id", "appId", "displayName"))
    consent = call.world.consents(call.directory.tenant_id).get(str(row["appId"]))
    granted = consent.roles if consent else _made_grants(principal)
    rows: list[Row] = [
        {
            "id": derived_guid("assignment", row["id"], role).replace("-", ""),
            "deletedDateTime": None,
            "appRoleId": permissions.ROLE_IDS.get(role, derived_guid("role", role)),
            "createdDateTime": clock.moment(call.directory.definition.epoch, days=30),
            "principalDisplayName": row["displayName"],
            "principalId": row["id"],
            "principalType": "ServicePrincipal",
            "resourceDisplayName": FIRST_PARTY[GRAPH_PRINCIPAL][1],
            "resourceId": found.id_of(GRAPH_PRINCIPAL),
        }
        for role in granted
    ]
    return Answer(collection(f"{call.base}/$metadata#appRoleAssignments", encoded(rows)))


def _made_grants(principal: int) -> list[str]:
    """The applications of the seed hold between none and three permissions."""
    if principal < len(FIRST_PARTY):
        return []
    return sorted(permissions.ROLE_IDS)[principal % 7 : principal % 7 + principal % 4]
