"""Add customer: a trial, an activation link, and the mail with it."""

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from pilotage.catalog.queries import Plan, check_plan
from pilotage.customers.lifecycle import trial_end
from pilotage.customers.models import Customer
from pilotage.customers.queries import trial_rules, visible_to
from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role
from pilotage.kernel.errors import Conflict, Invalid
from pilotage.onboarding import clean
from pilotage.onboarding.jobs import queue_resolve_domain
from pilotage.onboarding.link_token import link_end, new_public_id
from pilotage.onboarding.mails import queue_activation_mail
from pilotage.onboarding.models import ActivationLink, Onboarding
from pilotage.partners.models import Partner
from pilotage.partners.queries import get_partner

T = TypeVar("T")


class AlreadyPending(Conflict):
    """A customer with this name and address is pending already. Open it in Pending customers."""


@transaction.atomic
def add_customer(
    actor: Actor,
    *,
    partner_id: UUID,
    organization_name: str,
    notification_email: str,
    sku: str,
    add_ons: Iterable[str] = (),
    expected_domain: str = "",
) -> Customer:
    """Create a customer as TRIAL and mail the activation link to the notification address.

    `sku` and `add_ons` are codes. `expected_domain`, if given, is the Microsoft 365 domain that
    the tenant must have. Raises Invalid with a sentence per field, or AlreadyPending.
    """
    actor.require(Role.EDITOR)
    partner = get_partner(actor, partner_id)
    fields: dict[str, str] = {}
    name = _ask(fields, lambda: clean.organization_name(organization_name))
    email = _ask(fields, lambda: clean.notification_email(notification_email))
    domain = _ask(fields, lambda: clean.expected_domain(expected_domain))
    plan = _ask(fields, lambda: check_plan(actor, partner_id, sku, add_ons))
    if name is None or email is None or domain is None or plan is None:
        raise Invalid(fields=fields)
    _refuse_double(actor, partner_id, name, email)
    customer, link = _create(partner, name, email, domain, plan)
    record(
        actor,
        "customer.added",
        customer=customer,
        message=f"{name} added with {plan.sku.name}; trial until {customer.expires_at:%-d %b %Y}",
        details={
            "sku": plan.sku.code,
            "add_ons": [a.code for a in plan.add_ons],
            "expires_at": customer.expires_at.isoformat(),
        },
    )
    queue_activation_mail(link)
    if domain:
        queue_resolve_domain(customer.id)
    return customer


def _create(
    partner: Partner, name: str, email: str, domain: str, plan: Plan
) -> tuple[Customer, ActivationLink]:
    now = clock.now()
    customer = Customer.objects.create(
        partner=partner,
        organization_name=name,
        notification_email=email,
        sku=plan.sku,
        expires_at=trial_end(now, trial_rules(partner.id)),
        expected_domain=domain,
        created_at=now,
    )
    customer.add_ons.set(plan.add_ons)
    Onboarding.objects.create(customer=customer, changed_at=now)
    link = ActivationLink.objects.create(
        customer=customer,
        public_id=new_public_id(),
        to=email,
        created_at=now,
        expires_at=link_end(now, customer.expires_at),
    )
    return customer, link


def _ask(fields: dict[str, str], check: Callable[[], T]) -> T | None:
    """What `check` returns; its refusal joins the others, so that all are shown at once."""
    try:
        return check()
    except Invalid as error:
        fields.update(error.fields)
        return None


def _refuse_double(actor: Actor, partner_id: UUID, name: str, email: str) -> None:
    # A lock on the partner makes two submits of the same form take turns.
    list(Partner.objects.select_for_update().filter(id=partner_id).values_list("id"))
    twin = visible_to(actor).filter(
        partner_id=partner_id,
        organization_name__iexact=name,
        notification_email__iexact=email,
        onboarded_at=None,
        onboarding_canceled_at=None,
    )
    found = twin.first()
    if found is not None:
        raise AlreadyPending(details={"customer_id": str(found.id)})
