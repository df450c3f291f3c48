"""Customers as API, CLI and webhooks show them; dates are ISO 8601 in UTC."""

from datetime import datetime
from typing import Any

from pilotage.customers.models import Customer, TrialExtension
from pilotage.customers.queries import find_connection
from pilotage.kernel import clock


def customer_as_json(customer: Customer) -> dict[str, Any]:
    """One customer; `expires_on` is the day of `expires_at` in the partner's time zone."""
    return {
        "id": str(customer.id),
        "organization_name": customer.organization_name,
        "notification_email": customer.notification_email,
        "partner": {"id": str(customer.partner_id), "name": customer.partner.name},
        "source": customer.source,
        "account_type": customer.account_type,
        "status": customer.status.value,
        "is_pending": customer.is_pending,
        "sku": customer.sku.code,
        "add_ons": sorted(add_on.code for add_on in customer.add_ons.all()),
        "seats_used": customer.seats_used,
        "seat_limit": customer.sku.seat_limit,
        "expires_at": customer.expires_at.isoformat(),
        "expires_on": clock.day_in(customer.expires_at, customer.partner.time_zone).isoformat(),
        "created_at": customer.created_at.isoformat(),
        "converted_at": iso(customer.converted_at),
        "onboarded_at": iso(customer.onboarded_at),
        "onboarding_canceled_at": iso(customer.onboarding_canceled_at),
        "suspended_reasons": customer.suspended_reasons,
        "terminated_at": iso(customer.terminated_at),
        "expected_domain": customer.expected_domain,
        "last_import_at": iso(customer.last_import_at),
        "connection": _connection(customer),
        "version": customer.version,
    }


def extension_as_json(extension: TrialExtension) -> dict[str, Any]:
    """One row of the extension ledger."""
    return {
        "number": extension.number,
        "old_end": extension.old_end.isoformat(),
        "new_end": extension.new_end.isoformat(),
        "reason": extension.reason,
        "actor": extension.actor_name,
        "at": extension.at.isoformat(),
    }


def iso(moment: datetime | None) -> str | None:
    """ISO 8601, or None."""
    return moment.isoformat() if moment else None


def _connection(customer: Customer) -> dict[str, Any]:
    live = find_connection(customer)
    if live is None:
        return {"state": "none"}
    return {
        "state": live.state,
        "tenant_id": str(live.tenant_id),
        "tenant_name": live.tenant_name,
        "default_domain": live.default_domain,
        "bound_at": live.bound_at.isoformat(),
        "bound_by": live.bound_by,
    }
