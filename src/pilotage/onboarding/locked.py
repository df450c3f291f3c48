"""The rows of one onboarding, locked."""

from dataclasses import dataclass
from uuid import UUID

from pilotage.customers.models import Customer
from pilotage.customers.queries import lock_customer
from pilotage.kernel.actor import Actor
from pilotage.onboarding.models import ActivationLink, Onboarding


@dataclass(frozen=True, slots=True)
class Locked:
    """Customer, onboarding and link; the customer's row lock guards all three."""

    customer: Customer
    onboarding: Onboarding
    link: ActivationLink


def lock_onboarding(actor: Actor, customer_id: UUID) -> Locked:
    """Lock a customer's onboarding until the transaction ends; raises CustomerNotFound."""
    customer = lock_customer(actor, customer_id)
    onboarding = Onboarding.objects.get(customer_id=customer.id)
    link = ActivationLink.objects.get(customer_id=customer.id)
    onboarding.customer = link.customer = customer
    return Locked(customer, onboarding, link)
