"""The mails of this area."""

from datetime import datetime

from django.template.loader import render_to_string

from pilotage.kernel import clock
from pilotage.mail.kinds import Letter, MailKind, NoLongerWanted, register
from pilotage.mail.models import Mail
from pilotage.partners.models import Operator
from pilotage.partners.set_up_link import address_of


def render_set_up(mail: Mail) -> Letter:
    """The mail with the set-up link; raises NoLongerWanted when it would not work any more."""
    operator = Operator.objects.select_related("partner").get(id=mail.context["operator_id"])
    expires_at = datetime.fromisoformat(mail.context["expires_at"])
    if operator.set_up_at or not operator.is_active:
        raise NoLongerWanted("The account is set up already, or was deactivated.")
    if expires_at <= clock.now():
        raise NoLongerWanted("The set-up link has expired.")
    facts = {
        "operator": operator,
        "partner": operator.partner,
        "address": address_of(operator, expires_at=expires_at),
        "expires_at": expires_at,
    }
    return Letter(
        subject="Set up your Pilotage account",
        text=render_to_string("mails/operator_set_up.txt", facts),
        html=render_to_string("mails/operator_set_up.html", facts),
    )


def register_mails() -> None:
    """Make the kinds known; called by PartnersConfig.ready."""
    register("operator_set_up", MailKind(render_set_up))
