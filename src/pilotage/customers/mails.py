"""Mails about a customer's connection: one per change, never one per look."""

from django.conf import settings
from django.template.loader import render_to_string

from pilotage.customers.models import ConnectionState, TenantConnection
from pilotage.mail.kinds import Letter, MailKind, NoLongerWanted, register
from pilotage.mail.models import Mail
from pilotage.mail.queue import queue_mail

_SUBJECTS = {
    ConnectionState.CONNECTED: "{name} is connected again",
    ConnectionState.DEGRADED: "Microsoft does not let {name} be read for now",
    ConnectionState.CONSENT_OUTDATED: "{name} needs a new consent",
    ConnectionState.REVOKED: "{name} has withdrawn its consent",
}


def queue_connection_mails(connection: TenantConnection) -> None:
    """Tell the partner; a withdrawn consent is told to the customer's side as well."""
    customer = connection.customer
    readers = {"partner": customer.partner.email}
    if connection.state == ConnectionState.REVOKED:
        readers["customer"] = customer.notification_email
    for reader, to in readers.items():
        queue_mail(
            "connection_changed",
            key=f"connection:{connection.id}:{connection.state_since:%Y%m%d%H%M%S%f}:{reader}",
            to=to,
            partner_id=customer.partner_id,
            customer_id=customer.id,
            context={
                "connection": str(connection.id),
                "state": str(connection.state),
                "missing": list(connection.missing),
                "reason": connection.state_reason,
                "reader": reader,
            },
        )


def render_connection_changed(mail: Mail) -> Letter:
    """What has changed and what to do; raises NoLongerWanted when it has changed again since."""
    rows = TenantConnection.objects.select_related("customer__partner")
    connection = rows.get(id=mail.context["connection"])
    state = ConnectionState(mail.context["state"])
    if connection.state != state or connection.released_at:
        raise NoLongerWanted("The connection has changed again since.")
    customer = connection.customer
    facts = {
        "customer": customer,
        "partner": customer.partner,
        "connection": connection,
        "state": state.value,
        "missing": mail.context["missing"],
        "reason": mail.context["reason"],
        "for_partner": mail.context["reader"] == "partner",
        "page": f"{settings.BASE_URL}/customers/{customer.id}",
    }
    subject = _SUBJECTS[state].format(name=customer.organization_name)
    return Letter(
        # “=?” would begin an encoded word (RFC 2047) that says what nobody has checked.
        subject=" ".join(subject.replace("=?", "= ?").split()),
        text=render_to_string("mails/connection_changed.txt", facts),
        html=render_to_string("mails/connection_changed.html", facts),
        sender=customer.partner.name,
    )


def register_mails() -> None:
    """Make the kind known; called by CustomersConfig.ready."""
    register("connection_changed", MailKind(render_connection_changed))
