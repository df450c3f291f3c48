"""Whether Microsoft can be reached and accepts our credential; part of `pilotage doctor`."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from pilotage.customers.models import TenantConnection
from pilotage.customers.models.tenant_connection import ConnectionState
from pilotage.kernel import clock
from pilotage.kernel.errors import PilotageError
from pilotage.kernel.finding import Finding, ok, problem
from pilotage.microsoft.identity.app_token import fetch_app_token
from pilotage.microsoft.identity.discovery import ANY_WORK_ACCOUNT, discover
from pilotage.microsoft.identity.exchange import send
from pilotage.microsoft.settings import MicrosoftSettings

# The leeway that our own check of ID tokens grants.
LARGEST_CLOCK_DIFFERENCE = 120.0


def check_sign_in(settings: MicrosoftSettings) -> Iterator[Finding]:
    """Discovery, and Microsoft's clock against ours; asked only if it is ours to ask."""
    if not settings.signin_client_id and not settings.import_client_id:
        text = f"not configured, so nobody was asked; it would be {settings.login_url}"
        remedy = "Register the two applications: docs/operate/microsoft.md leads through it."
        yield problem("microsoft sign-in", text, remedy)
        return
    try:
        discover(settings, ANY_WORK_ACCOUNT)
        yield ok("microsoft sign-in", f"{settings.login_url} answers")
        yield _clock(settings)
    except PilotageError as error:
        remedy = "Check the network, HTTPS_PROXY, SSL_CERT_FILE and PILOTAGE_MICROSOFT_LOGIN_URL."
        yield problem("microsoft sign-in", error.text, remedy)


def _clock(settings: MicrosoftSettings) -> Finding:
    path = f"/{ANY_WORK_ACCOUNT}/v2.0/.well-known/openid-configuration"
    date = send(settings, "GET", settings.login_url + path).header("date")
    try:
        difference = abs((parsedate_to_datetime(date) - clock.now()).total_seconds())
    except (ValueError, TypeError):
        return problem("microsoft clock", "Microsoft's answer has no readable date.", "Try again.")
    text = f"{difference:.0f} s apart from Microsoft's"
    if difference <= LARGEST_CLOCK_DIFFERENCE:
        return ok("microsoft clock", text)
    return problem("microsoft clock", text, "Synchronize this machine's clock (NTP).")


def check_token(settings: MicrosoftSettings) -> Finding:
    """One real token, if a tenant is connected."""
    if not (settings.import_certificate or settings.import_client_secret):
        return ok("microsoft token", "not checked: the credential exists on the worker only")
    live = TenantConnection.objects.filter(released_at=None, state=ConnectionState.CONNECTED)
    connection = live.order_by("-bound_at").first()
    if connection is None:
        return ok("microsoft token", "not checked: no tenant is connected yet")
    try:
        fetch_app_token(settings, connection.tenant_id)
    except PilotageError as error:
        return problem("microsoft token", error.text, "Check the import application in Entra.")
    return ok("microsoft token", f"given for {connection.tenant_name or connection.tenant_id}")
