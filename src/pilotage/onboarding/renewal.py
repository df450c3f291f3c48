"""Whether a link asks an organization for its consent once more, and why."""

from dataclasses import dataclass

from pilotage.customers.models import ConnectionState, Customer, TenantConnection
from pilotage.onboarding.permissions import PermissionInWords, permissions_in_words


@dataclass(frozen=True, slots=True)
class Renewal:
    """The organization was connected before; `reason` is one sentence, "" if there is none to tell.

    `new` is what is asked for and was not granted the last time.
    """

    reason: str
    new: list[PermissionInWords]


def renewal_of(customer: Customer) -> Renewal | None:
    """Why the customer's organization is asked again; None if it is asked for the first time."""
    rows = TenantConnection.objects.filter(customer=customer)
    latest = rows.order_by("-bound_at").first()
    if latest is None:
        return None
    new = [one for one in permissions_in_words() if one.name in latest.missing]
    return Renewal(_reason(latest, new), new)


def _reason(latest: TenantConnection, new: list[PermissionInWords]) -> str:
    if latest.released_at is not None:
        return "The connection has been ended since."
    if latest.state == ConnectionState.REVOKED:
        return "The consent was withdrawn in the tenant, so nothing is imported any more."
    if new:
        titles = ", ".join(one.title for one in new)
        return f"Some of it cannot be imported, because this was not granted: {titles}."
    return ""
