"""What `serve` and `worker` cannot start without; one sentence for each thing."""

from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

from pilotage.kernel import clock
from pilotage.kernel.errors import SettingsError
from pilotage.microsoft.settings import MicrosoftSettings

SHORTEST_KEY, SHORTEST_METRICS_TOKEN = 50, 32
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def missing(
    values: Mapping[str, str], microsoft: MicrosoftSettings, command: Literal["serve", "worker"]
) -> list[str]:
    """What `command` lacks, one sentence each; empty when it can start.

    The worker mails links, so it needs their key and address as much as the web server does.
    """
    lacks = [*_secret_key(values), *_email(values), *_metrics_token(values)]
    if not values["PILOTAGE_BASE_URL"]:
        lacks.append("PILOTAGE_BASE_URL is missing. Set it to the address that people open.")
    if command == "serve":
        return lacks + microsoft.validate_web()
    return lacks + microsoft.validate_worker(clock.now())


def check_base_url(values: Mapping[str, str]) -> None:
    """Raise SettingsError for an address from which no link could be made."""
    problem = _base_url_problem(values["PILOTAGE_BASE_URL"])
    if problem:
        raise SettingsError([f"PILOTAGE_BASE_URL {problem}"])


def _secret_key(values: Mapping[str, str]) -> list[str]:
    key = values["PILOTAGE_SECRET_KEY"]
    if not key:
        return [
            "PILOTAGE_SECRET_KEY is missing. Set it to at least 50 random characters, "
            "the same for web and worker."
        ]
    if len(key) < SHORTEST_KEY:
        return [f"PILOTAGE_SECRET_KEY has {len(key)} characters; it needs at least 50 random ones."]
    return []


def _metrics_token(values: Mapping[str, str]) -> list[str]:
    token = values["PILOTAGE_METRICS_TOKEN"]
    if 0 < len(token) < SHORTEST_METRICS_TOKEN:
        return [
            f"PILOTAGE_METRICS_TOKEN has {len(token)} characters; it needs at least "
            f"{SHORTEST_METRICS_TOKEN} random ones."
        ]
    return []


def _base_url_problem(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "is not a valid address."
    if not address:
        return ""
    if not parts.hostname or port == 0 or parts.scheme not in {"http", "https"}:
        return "must look like https://portal.example.com."
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        return "must be scheme, host and port only, without a path."
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        return "must begin with https:// unless it is on this machine."
    return ""


def _email(values: Mapping[str, str]) -> list[str]:
    if values["PILOTAGE_EMAIL_URL"]:
        return []
    return ["PILOTAGE_EMAIL_URL is missing. Activation links go out by mail: name a mail server."]
