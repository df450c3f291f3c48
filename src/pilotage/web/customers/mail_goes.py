"""What is said about the activation mail after Add customer and Resend activation link."""

from pilotage.customers.models import Customer
from pilotage.kernel.actor import Actor
from pilotage.mail.queries import unsent_mails
from pilotage.web.customers.pending_rows import held_until


def mail_goes(actor: Actor, customer: Customer) -> str:
    """Where it goes; and when, if it is beyond the limits on invitations."""
    mail = unsent_mails(actor, [customer.id], kind="activation").get(customer.id)
    to = mail.to if mail else customer.notification_email
    if mail is None or not mail.held_by:
        return f"The activation link goes to {to}."
    return f"The mail to {to} goes out later. {held_until(mail)}."
