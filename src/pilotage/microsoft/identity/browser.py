"""Which address of the identity platform a person's browser is sent to."""

from urllib.parse import urlsplit

from pilotage.microsoft.identity.discovery import ANY_WORK_ACCOUNT, discover, is_loopback
from pilotage.microsoft.settings import MicrosoftSettings


def authorization_endpoint(settings: MicrosoftSettings) -> str:
    """Where sign-in begins, for any work account."""
    endpoint = discover(settings, ANY_WORK_ACCOUNT).authorization_endpoint
    parts = urlsplit(endpoint)
    if parts.hostname == settings.login_host or is_loopback(parts.hostname):
        return endpoint
    query = f"?{parts.query}" if parts.query else ""
    return f"{settings.login_url}{parts.path}{query}"


def browser_url(settings: MicrosoftSettings) -> str:
    """The login address for browsers: the simulator has a plain listener of its own for them."""
    endpoint = discover(settings, ANY_WORK_ACCOUNT).authorization_endpoint
    parts = urlsplit(endpoint)
    if is_loopback(parts.hostname):
        return f"{parts.scheme}://{parts.netloc}"
    return settings.login_url
