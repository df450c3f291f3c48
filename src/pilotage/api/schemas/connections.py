"""Connections to tenants."""

from ninja import Schema

from pilotage.api.schemas.values import Moment


class PermissionOut(Schema):
    """A permission in words; `feeds` are the imports that read with it, `why` their reasons."""

    name: str
    title: str
    feeds: list[str]
    why: list[str]


class LastErrorOut(Schema):
    """What the last look met with; `request_id` is Microsoft's."""

    code: str
    text: str
    request_id: str


class TenantConnectionOut(Schema):
    """A customer's connection. `next_step` is `send_link`, `check` or `nothing`."""

    customer_id: str
    organization_name: str
    state: str
    since: Moment
    reason: str
    next_step: str
    tenant_id: str
    tenant_name: str
    default_domain: str
    bound_at: Moment
    granted: list[str]
    missing: list[PermissionOut]
    extra: list[str]
    check_requested_at: Moment | None
    last_checked_at: Moment | None
    next_check_at: Moment | None
    last_error: LastErrorOut | None


class TenantConnectionPage(Schema):
    """One page of connections, the latest change first."""

    items: list[TenantConnectionOut]
    next: str
    previous: str
