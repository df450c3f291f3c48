"""A customer as a row of the Customers tab."""

from dataclasses import dataclass

from pilotage.catalog.models import AddOn
from pilotage.customers.lifecycle import Status
from pilotage.customers.models import AccountType, Customer, TenantConnection
from pilotage.customers.queries import find_connection

HOT_PERCENT = 90
_KINDS = {
    Status.EXPIRED: ("Expired", "bad"),
    Status.SUSPENDED: ("Suspended", "still"),
    Status.TERMINATED: ("Terminated", "still"),
}


def status_words(customer: Customer) -> tuple[str, str]:
    """Label and style of the status: a running account goes by its type."""
    if customer.status in _KINDS:
        return _KINDS[customer.status]
    is_trial = customer.account_type == AccountType.TRIAL
    return ("Trial", "accent") if is_trial else ("Production", "ok")


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows; made from a customer that came with its details."""

    customer: Customer

    @property
    def status(self) -> dict[str, str]:
        """Label and style."""
        label, kind = status_words(self.customer)
        return {"label": label, "kind": kind}

    @property
    def connection(self) -> TenantConnection | None:
        """The live tenant."""
        return find_connection(self.customer)

    @property
    def domain(self) -> str:
        """The tenant's domain, or the one that is expected, or that of the notification email."""
        if self.connection and self.connection.default_domain:
            return self.connection.default_domain
        return self.customer.expected_domain or self.customer.notification_email.rpartition("@")[2]

    @property
    def add_ons(self) -> list[AddOn]:
        """The add-ons, in the catalogue's order."""
        return list(self.customer.add_ons.all())

    @property
    def seat_percent(self) -> int | None:
        """Seats used of the SKU's limit, 0-100; None without a limit."""
        limit = self.customer.sku.seat_limit
        return min(100, self.customer.seats_used * 100 // limit) if limit else None

    @property
    def is_hot(self) -> bool:
        """Whether the seats are nearly used up."""
        return (self.seat_percent or 0) >= HOT_PERCENT

    @property
    def is_trial(self) -> bool:
        """Whether the end date is that of a trial."""
        return self.customer.account_type == AccountType.TRIAL
