"""What every refused attack leaves behind: nothing."""

from pilotage.customers.models import Customer, TenantConnection
from pilotage.events.models import Event
from pilotage.imports.models import ImportRun
from pilotage.onboarding.models import ActivationLink, ActivationSession, Onboarding, Step
from tests.onboarding.entra import work

# Steps that only a sign-in of the right person, a consent or a proof leads to.
BEYOND = {Step.CONSENTED, Step.IMPORTING, Step.IMPORT_FAILED, Step.COMPLETED}


def assert_unbound(customer: Customer, *, connections: int = 0) -> None:
    """Even after the worker has looked at everything: no tenant, no import, the link unused.

    `connections` are those that other customers had before.
    """
    work()
    assert TenantConnection.objects.count() == connections
    assert not TenantConnection.objects.filter(customer=customer).exists()
    assert not ImportRun.objects.filter(customer=customer).exists()
    assert ActivationLink.objects.get(customer=customer).used_at is None
    assert Onboarding.objects.get(customer=customer).step not in BEYOND
    assert not Event.objects.filter(customer_id=customer.id, name="tenant.bound").exists()


def assert_nobody_signed_in(customer: Customer) -> None:
    """No session of the customer's link knows an admin."""
    sessions = ActivationSession.objects.filter(link__customer=customer)
    assert not sessions.filter(admin_oid__isnull=False).exists()
    assert_unbound(customer)


def refusals(customer: Customer) -> list[str]:
    """The reasons in the customer's `activation.refused` events, oldest first."""
    events = Event.objects.filter(customer_id=customer.id, name="activation.refused")
    return [event.details["reason"] for event in events.order_by("id")]
