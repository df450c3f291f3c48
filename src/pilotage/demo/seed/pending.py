"""What has happened to the customers that are still pending."""

from datetime import timedelta

from pilotage.customers.models import Customer
from pilotage.demo.seed.samples import Sample
from pilotage.demo.seed.tenants import guest_of, tenant_id_of
from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, system_actor
from pilotage.mail.deliver import deliver
from pilotage.mail.models import Mail, MailState
from pilotage.onboarding.actions import open_link as links
from pilotage.onboarding.actions.cancel_onboarding import cancel_onboarding
from pilotage.onboarding.expire_links import expire_links
from pilotage.onboarding.link_token import token_of
from pilotage.onboarding.models import ActivationLink, Onboarding
from pilotage.onboarding.move import move
from pilotage.onboarding.visitor import holder_of, visitor


def send_mails(customer: Customer) -> None:
    """Send what is in the outbox for this customer now, so that it carries the story's date."""
    for mail in Mail.objects.filter(customer_id=customer.id, state=MailState.QUEUED):
        deliver(mail.id)


def nothing(editor: Actor, customer: Customer, sample: Sample) -> None:
    """The link was sent, and nobody has opened it yet."""


def open_link(editor: Actor, customer: Customer, sample: Sample) -> None:
    """Somebody has opened the link."""
    with clock.moved_by(-timedelta(days=sample.age - 1)):
        links.open_link(visitor(), token_of(_link(customer)))


def decline(editor: Actor, customer: Customer, sample: Sample) -> None:
    """The admin pressed Cancel on Microsoft's page."""
    open_link(editor, customer, sample)
    with clock.moved_by(-timedelta(days=sample.age - 1, minutes=-6)):
        link = _link(customer)
        link.declined_at = clock.now()
        link.save(update_fields=["declined_at"])
        move(Onboarding.objects.get(customer=customer), "decline")
        record(holder_of(link), "consent.declined", customer=customer)


def wait_for_approval(editor: Actor, customer: Customer, sample: Sample) -> None:
    """A guest with an admin role has signed in; a partner has to approve that person."""
    open_link(editor, customer, sample)
    onboarding = Onboarding.objects.get(customer=customer)
    onboarding.approval_reason = "guest"
    onboarding.approval_tenant_id = tenant_id_of(sample.domain)
    onboarding.approval_admin_oid, login = guest_of(onboarding.approval_tenant_id)
    onboarding.approval_admin = f"Guest administrator ({login})"
    with clock.moved_by(-timedelta(hours=5)):
        move(onboarding, "need_approval")
        record(
            holder_of(_link(customer)),
            "activation.approval_needed",
            customer=customer,
            message=f"{onboarding.approval_admin} waits for your approval",
            details={"reason": "guest"},
        )


def expire(editor: Actor, customer: Customer, sample: Sample) -> None:
    """Nobody came before the link ended."""
    expire_links(system_actor("onboarding"))


def cancel(editor: Actor, customer: Customer, sample: Sample) -> None:
    """The operator gave up."""
    with clock.moved_by(-timedelta(days=sample.age - 5)):
        cancel_onboarding(editor, customer.id)


def _link(customer: Customer) -> ActivationLink:
    return ActivationLink.objects.select_related("customer__partner").get(customer=customer)
