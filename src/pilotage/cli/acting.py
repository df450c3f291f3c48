"""Whom the command line acts as, and what it means by CUSTOMER and --partner."""

from uuid import UUID

from pilotage.customers.errors import CustomerNotFound
from pilotage.customers.models import Customer
from pilotage.customers.queries import get_customer, list_customers
from pilotage.kernel.actor import Actor, system_actor
from pilotage.kernel.errors import Invalid
from pilotage.partners.models import Partner
from pilotage.partners.models.partner import PartnerKind
from pilotage.partners.queries import PartnerNotFound, find_partner, visible_to


class AmbiguousCustomer(Invalid):
    """Several customers have this name. Use the id."""


class PartnerNeeded(Invalid):
    """There are several partners. Say which with --partner."""


def command_line() -> Actor:
    """Who may start `pilotage` on the server may do all that the provider may."""
    return system_actor("command line")


def get_partner_named(actor: Actor, text: str) -> Partner:
    """The partner of that id or exact name. Without a text: the only one that is not the
    provider, or else the provider. Raises PartnerNotFound or PartnerNeeded.
    """
    if text:
        found = find_partner(actor, text)
        if found is None:
            raise PartnerNotFound(f"There is no partner “{text}”. See `pilotage partners list`.")
        return found
    below = list(visible_to(actor).exclude(kind=PartnerKind.PROVIDER)[:2])
    if len(below) > 1:
        raise PartnerNeeded
    return below[0] if below else get_provider(actor)


def get_provider(actor: Actor) -> Partner:
    """The provider of this installation; raises PartnerNotFound."""
    provider = visible_to(actor).filter(kind=PartnerKind.PROVIDER).first()
    if provider is None:
        raise PartnerNotFound("There is no partner yet. Run `pilotage owner create` first.")
    return provider


def get_customer_named(actor: Actor, text: str) -> Customer:
    """The customer of that id or exact name; raises CustomerNotFound or AmbiguousCustomer."""
    try:
        return get_customer(actor, UUID(text))
    except ValueError:
        found = list(list_customers(actor).filter(organization_name=text.strip())[:20])
    if len(found) > 1:
        ids = ", ".join(str(customer.id) for customer in found)
        raise AmbiguousCustomer(f"Several customers are named “{text}”. Use an id: {ids}.")
    if not found:
        text = f"There is no customer “{text}”. See `pilotage customers list`."
        raise CustomerNotFound(text)
    return found[0]
