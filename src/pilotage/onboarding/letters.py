"""How the onboarding's mails read; rendered when they are sent, so that no link is stored."""

from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string

from pilotage.customers.models import Customer, TenantConnection
from pilotage.kernel import clock
from pilotage.mail.kinds import Letter, MailKind, NoLongerWanted, register
from pilotage.mail.models import Mail
from pilotage.onboarding import not_us_token
from pilotage.onboarding.certificate_expiry import render_certificate_expiring
from pilotage.onboarding.link_token import address_of
from pilotage.onboarding.models import ActivationLink, Onboarding, Step
from pilotage.onboarding.renewal import renewal_of

# Why an onboarding waits whose activation mail is beyond the limits on invitations.
HELD = "invitation_limit"


def render_activation(mail: Mail) -> Letter:
    """The activation mail; raises NoLongerWanted for a link that does not work any more."""
    link = _working_link(mail)
    customer = link.customer
    renewal = renewal_of(customer)
    asks = "asks for the consent of" if renewal else "invites"
    why = "once more" if renewal else "to connect Microsoft 365"
    return _letter(
        f"{customer.partner.name} {asks} {customer.organization_name} {why}",
        "activation",
        {**_facts(customer), "link": link, "address": address_of(link), "renewal": renewal},
    )


def render_forwarded(mail: Mail) -> Letter:
    """The same link for another person; raises NoLongerWanted like the first mail."""
    link = _working_link(mail)
    customer = link.customer
    return _letter(
        f"Your approval is needed: connect Microsoft 365 of {customer.organization_name}",
        "forwarded",
        {**_facts(customer), "link": link, "address": address_of(link), "by": mail.context["from"]},
    )


def render_bound(mail: Mail) -> Letter:
    """Which tenant was bound and by whom, with what to do if that was not right."""
    connection = _connection(mail)
    facts = {
        **_facts(connection.customer),
        "connection": connection,
        "not_us": not_us_token.address_of(connection),
    }
    name = connection.customer.organization_name
    return _letter(f"{name} is connected to Microsoft 365", "bound", {**facts, **_reader(mail)})


def render_onboarded(mail: Mail) -> Letter:
    """The tenant is imported."""
    customer = Customer.objects.select_related("partner", "sku").get(id=_about(mail))
    subject = f"{customer.organization_name} is on board"
    return _letter(subject, "onboarded", {**_facts(customer), **_reader(mail)})


def render_disconnected(mail: Mail) -> Letter:
    """The connection has ended."""
    connection = _connection(mail)
    facts = {**_facts(connection.customer), "connection": connection}
    name = connection.customer.organization_name
    return _letter(f"{name} is disconnected", "disconnected", {**facts, **_reader(mail)})


def render_reported(mail: Mail) -> Letter:
    """Somebody said that it was not them, and the connection has ended."""
    connection = _connection(mail)
    facts = {**_facts(connection.customer), "connection": connection}
    subject = (
        f"“It was not us”: the connection of {connection.customer.organization_name} has ended"
    )
    return _letter(subject, "reported", {**facts, **_reader(mail)})


def register_mails() -> None:
    """Make the kinds known; called by OnboardingConfig.ready."""
    told = ("activation.sent", "activation.send_failed")
    register(
        "activation",
        MailKind(
            render_activation,
            *told,
            after_sending=_note_sent,
            is_invitation=True,
            after_holding=_note_held,
        ),
    )
    register("forwarded", MailKind(render_forwarded, *told))
    register("bound", MailKind(render_bound))
    register("onboarded", MailKind(render_onboarded))
    register("disconnected", MailKind(render_disconnected))
    register("reported", MailKind(render_reported))
    register("certificate_expiring", MailKind(render_certificate_expiring))


def _note_sent(mail: Mail) -> None:
    """The funnel's first time; a link that was replaced meanwhile has its own mail."""
    links = ActivationLink.objects.filter(customer_id=_about(mail))
    links.filter(generation=mail.context["generation"]).update(sent_at=clock.now())
    held = Onboarding.objects.filter(customer_id=_about(mail), waiting_reason=HELD)
    held.update(waiting_reason="", waiting_until=None)


def _note_held(mail: Mail) -> None:
    """So that page, API and command line say until when the mail waits."""
    invited = Onboarding.objects.filter(customer_id=_about(mail), step=Step.INVITED)
    invited.update(waiting_reason=HELD, waiting_until=mail.held_until)


def _working_link(mail: Mail) -> ActivationLink:
    link = ActivationLink.objects.select_related("customer__partner", "customer__sku").get(
        customer_id=_about(mail)
    )
    if link.generation != mail.context["generation"] or link.revoked_at or link.used_at:
        raise NoLongerWanted("The link was replaced or is no longer needed.")
    if link.expires_at <= clock.now():
        raise NoLongerWanted("The link has expired.")
    return link


def _connection(mail: Mail) -> TenantConnection:
    rows = TenantConnection.objects.select_related("customer__partner", "customer__sku")
    return rows.get(id=mail.context["connection"], customer_id=_about(mail))


def _about(mail: Mail) -> UUID:
    """Every mail of the onboarding is about a customer."""
    if mail.customer_id is None:
        raise NoLongerWanted("The mail names no customer.")
    return mail.customer_id


def _facts(customer: Customer) -> dict[str, object]:
    return {"customer": customer, "partner": customer.partner}


def _reader(mail: Mail) -> dict[str, object]:
    page = f"{settings.BASE_URL}/customers/{mail.customer_id}"
    return {"for_partner": mail.context["reader"] == "partner", "page": page}


def _letter(subject: str, template: str, facts: dict[str, object]) -> Letter:
    return Letter(
        # “=?” would begin an encoded word (RFC 2047) that says what nobody has checked.
        subject=" ".join(subject.replace("=?", "= ?").split()),
        text=render_to_string(f"mails/{template}.txt", facts),
        html=render_to_string(f"mails/{template}.html", facts),
        sender=str(facts["partner"]),
    )
