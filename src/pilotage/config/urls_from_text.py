"""Database and mail addresses, taken apart."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from pilotage.kernel.errors import SettingsError

_MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def database_settings(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a PostgreSQL URL; raises SettingsError."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise SettingsError(["PILOTAGE_DATABASE_URL must begin with postgresql://."])
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise SettingsError(["PILOTAGE_DATABASE_URL is not a valid PostgreSQL address."]) from error
    known = {"dbname", "user", "password", "host", "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "pilotage"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "OPTIONS": {k: v for k, v in parts.items() if k not in known},
    }


def email_settings(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for a mail server's URL; raises SettingsError."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or port == -1:
        raise SettingsError(
            ["PILOTAGE_EMAIL_URL must look like smtp://host:25 or smtps://user:password@host:465."]
        )
    options = dict(parse_qsl(parts.query))
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or _MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_TIMEOUT": int(options.get("timeout", "10"))
        if options.get("timeout", "10").isdigit()
        else 10,
    }
