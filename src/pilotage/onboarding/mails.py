"""The onboarding's mails: who gets one, when, and once per what."""

from pilotage.customers.models import Customer, TenantConnection
from pilotage.kernel import clock
from pilotage.mail.queue import drop_unsent, queue_mail
from pilotage.onboarding.models import ActivationLink


def queue_activation_mail(link: ActivationLink) -> None:
    """Mail the activation link to `link.to`; once per generation of the link."""
    drop_unsent(link.customer_id, "activation", "The link was replaced by a newer one.")
    queue_mail(
        "activation",
        key=f"activation:{link.public_id}:{link.generation}",
        to=link.to,
        partner_id=link.customer.partner_id,
        customer_id=link.customer_id,
        context={"generation": link.generation},
    )


def queue_forwarded_mail(link: ActivationLink, to: str, *, number: int) -> None:
    """Mail the same link to the person that the first one has named."""
    queue_mail(
        "forwarded",
        key=f"forwarded:{link.public_id}:{link.generation}:{clock.now():%Y%m%d%H%M%S}:{number}",
        to=to,
        partner_id=link.customer.partner_id,
        customer_id=link.customer_id,
        context={"generation": link.generation, "from": link.to},
    )


def queue_bound_mails(connection: TenantConnection) -> None:
    """Tell partner and notification address which tenant was bound, and by whom."""
    key = f"{connection.id}:{connection.bound_at:%Y%m%d%H%M%S}"
    _to_both(connection.customer, "bound", key, {"connection": str(connection.id)})


def queue_onboarded_mails(customer: Customer) -> None:
    """Tell partner and notification address that the tenant is imported."""
    _to_both(customer, "onboarded", str(customer.id), {})


def queue_disconnected_mails(connection: TenantConnection) -> None:
    """Tell partner and notification address that the connection has ended."""
    facts = {"connection": str(connection.id)}
    _to_both(connection.customer, "disconnected", str(connection.id), facts)


def queue_reported_mails(connection: TenantConnection) -> None:
    """Tell partner and notification address that the connection was reported, and has ended."""
    facts = {"connection": str(connection.id)}
    _to_both(connection.customer, "reported", str(connection.id), facts)


def _to_both(customer: Customer, kind: str, key: str, context: dict[str, str]) -> None:
    addresses = {"partner": customer.partner.email, "customer": customer.notification_email}
    for reader, to in addresses.items():
        queue_mail(
            kind,
            key=f"{kind}:{key}:{reader}",
            to=to,
            partner_id=customer.partner_id,
            customer_id=customer.id,
            context={**context, "reader": reader},
        )
