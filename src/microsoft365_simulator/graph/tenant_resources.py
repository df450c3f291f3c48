"""What a tenant has one of, or a handful: organization, domains, products."""

from __future__ import annotations

from microsoft365_simulator.graph import permissions
from microsoft365_simulator.graph.call import Answer, Call, collection, entity
from microsoft365_simulator.graph.errors import bad_request, no_such_segment, not_found
from microsoft365_simulator.graph.view import encoded
from microsoft365_simulator.tenants.collection import Row
from microsoft365_simulator.tenants.domains import domains
from microsoft365_simulator.tenants.organization import organization
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
