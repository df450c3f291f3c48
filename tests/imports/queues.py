"""Partners with many customers and queued runs, made in bulk: their number is what matters."""

from datetime import datetime, timedelta

from pilotage.catalog.models import Sku
from pilotage.customers.models import Customer
from pilotage.imports.models import ImportRun, RunPurpose
from pilotage.kernel import clock
from pilotage.kernel.ids import new_id
from pilotage.partners.models import Partner
from tests.cast import World


def queued_runs(
    partner: Partner,
    count: int,
    *,
    purpose: RunPurpose = RunPurpose.ON_DEMAND,
    since: datetime | None = None,
) -> list[ImportRun]:
    """`count` customers of a partner with a queued run each, a millisecond apart.

    They have no tenant, so that a worker is done with each as soon as it has looked at it.
    """
    began = since or clock.now() - timedelta(hours=1)
    sku = Sku.objects.get(code="essentials")
    customers = Customer.objects.bulk_create(
        Customer(
            partner=partner,
            organization_name=f"{partner.name} {number}",
            notification_email="it@bulk.example",
            sku=sku,
            expires_at=clock.now() + timedelta(days=9),
        )
        for number in range(count)
    )
    return ImportRun.objects.bulk_create(
        ImportRun(
            customer=customer,
            partner=partner,
            number=1,
            purpose=purpose,
            tenant_id=new_id(),
            requested_by="bulk",
            created_at=began + timedelta(milliseconds=number),
            due_at=began,
        )
        for number, customer in enumerate(customers)
    )


def new_partner(world: World, name: str) -> Partner:
    """One more partner of the provider."""
    return Partner.objects.create(parent=world.provider, name=name, email="hello@new.example")
