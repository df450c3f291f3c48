"""Does the mail server take a connection, and our password?"""

import smtplib
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection

from pilotage.kernel.finding import Finding, ok, problem


def check_mail() -> Iterator[Finding]:
    """Connect and sign in to the mail server; nothing is sent."""
    if "PILOTAGE_EMAIL_URL" not in settings.SETTINGS_GIVEN:
        text = "not configured, so none was asked; the demo uses a mailbox of its own"
        yield problem("mail server", text, "Set PILOTAGE_EMAIL_URL to your mail server.")
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    server = get_connection()
    try:
        server.open()
        server.close()
    except (smtplib.SMTPException, OSError) as error:
        text = f"{where} does not take a connection: {error}"
        yield problem("mail server", text, "Start it, or correct PILOTAGE_EMAIL_URL.")
        return
    yield ok("mail server", f"{where} answers")
