"""Read customers. Every query takes the actor first; a stranger finds nothing."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from pilotage.customers.errors import CustomerNotFound, VersionChanged
from pilotage.customers.lifecycle import TrialRules
from pilotage.customers.models import Customer, TenantConnection, TrialExtension
from pilotage.kernel.actor import Actor
from pilotage.partners.models import TrialPolicy


def visible_to(actor: Actor) -> QuerySet[Customer]:
    """The customers that `actor` may see."""
    rows = Customer.objects.all()
    if actor.customer_id is not None:
        return rows.filter(id=actor.customer_id)
    return rows if actor.is_provider else rows.filter(partner_id__in=actor.partner_ids)


def get_customer(actor: Actor, customer_id: UUID) -> Customer:
    """One customer with SKU, partner and live connection; raises CustomerNotFound."""
    customer = with_details(visible_to(actor)).filter(id=customer_id).first()
    if customer is None:
        raise CustomerNotFound
    return customer


def lock_customer(actor: Actor, customer_id: UUID, *, version: int | None = None) -> Customer:
    """One customer, its row locked until the transaction ends.

    Raises CustomerNotFound, and VersionChanged when `version` is given and no longer the row's.
    """
    customer = (
        visible_to(actor)
        .select_related("partner", "sku")
        # The key stays as it is, so rows that only point to the customer need not wait.
        .select_for_update(of=("self",), no_key=True)
        .filter(id=customer_id)
        .first()
    )
    if customer is None:
        raise CustomerNotFound
    if version is not None and customer.version != version:
        raise VersionChanged
    return customer


def list_customers(actor: Actor, *, pending: bool | None = None) -> QuerySet[Customer]:
    """The customers of the Customers tab (`pending=False`), the Pending tab, or both.

    A customer whose onboarding was canceled stands in neither tab.
    """
    rows = with_details(visible_to(actor))
    if pending is None:
        return rows
    rows = rows.filter(onboarding_canceled_at=None)
    return rows.filter(onboarded_at__isnull=pending)


def with_details(rows: QuerySet[Customer]) -> QuerySet[Customer]:
    """The same rows with all that a list row shows, in a fixed number of queries."""
    live = TenantConnection.objects.filter(released_at=None)
    return rows.select_related("sku", "partner").prefetch_related(
        "add_ons", Prefetch("connections", live, to_attr="live_connections")
    )


def find_connection(customer: Customer) -> TenantConnection | None:
    """The live tenant of a customer that the actor has been given already, or None."""
    live: list[TenantConnection] | None = getattr(customer, "live_connections", None)
    if live is not None:
        return live[0] if live else None
    return customer.connections.filter(released_at=None).first()


def list_trial_extensions(actor: Actor, customer_id: UUID) -> QuerySet[TrialExtension]:
    """The extension ledger of a customer, oldest first."""
    return TrialExtension.objects.filter(customer__in=visible_to(actor), customer_id=customer_id)


def trial_rules(partner_id: UUID) -> TrialRules:
    """The trial policy that holds for a partner: its own row, or the default."""
    row = TrialPolicy.objects.filter(partner_id=partner_id).first()
    if row is None:
        return TrialRules()
    return TrialRules(row.length_days, row.extension_days, row.max_extensions, row.window_days)


def names_of(actor: Actor, customer_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The organization names of those customers that the actor may see."""
    rows = visible_to(actor).filter(id__in=list(customer_ids))
    return dict(rows.values_list("id", "organization_name"))


def count_by_sku(actor: Actor) -> dict[UUID, int]:
    """How many customers of the Customers tab have each SKU."""
    rows = visible_to(actor).filter(onboarding_canceled_at=None, onboarded_at__isnull=False)
    rows = rows.order_by()
    return dict(rows.values("sku_id").annotate(n=Count("id")).values_list("sku_id", "n"))
