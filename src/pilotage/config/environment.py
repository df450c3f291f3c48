"""The settings of an installation, as they stand in the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pilotage.kernel.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: name, what it is for, its default, whether it is secret.

    `kind` says what a value looks like, for the reference page.
    """

    name: str
    text: str
    default: str = ""
    is_secret: bool = False
    example: str = ""
    kind: str = "text"


SETTINGS = (
    Setting(
        "PILOTAGE_BASE_URL",
        "The address people open, without a path. All links are made from it.",
        example="https://portal.example.com",
        kind="URL",
    ),
    Setting(
        "PILOTAGE_SECRET_KEY",
        "At least 50 random characters. Signs sessions and derives activation links: whoever "
        "changes it makes all links sent before worthless.",
        is_secret=True,
        kind="text, 50 characters or more",
    ),
    Setting(
        "PILOTAGE_DATABASE_URL",
        "A PostgreSQL server (15 or newer). Absent: an embedded one under PILOTAGE_DATA_DIR, "
        "which is meant for the demo, development and tests.",
        is_secret=True,
        example="postgresql://pilotage:…@db.example.com/pilotage?sslmode=verify-full",
        kind="URL",
    ),
    Setting(
        "PILOTAGE_DATA_DIR",
        "Where the embedded PostgreSQL and the demo keep their files.",
        default="var",
        kind="path",
    ),
    Setting(
        "PILOTAGE_EMAIL_URL",
        "The mail server. smtp:// uses STARTTLS when the server offers it, smtps:// is TLS from "
        "the start, smtp+starttls:// insists on STARTTLS.",
        is_secret=True,
        example="smtps://user:…@mail.example.com:465",
        kind="URL",
    ),
    Setting(
        "PILOTAGE_EMAIL_FROM",
        "The sender of all mails. Absent: pilotage@ and the host of PILOTAGE_BASE_URL.",
        example="Harbour Cloud <portal@example.com>",
        kind="mail address",
    ),
    Setting(
        "PILOTAGE_MICROSOFT_CLOUD",
        "The Microsoft cloud of your customers: global, usgov, usgov-dod or china.",
        default="global",
        kind="one of four words",
    ),
    Setting(
        "PILOTAGE_MICROSOFT_LOGIN_URL",
        "Overrides the cloud's sign-in address, for the simulator or another server that speaks "
        "the protocol.",
        example="https://localhost:9443",
        kind="https URL",
    ),
    Setting(
        "PILOTAGE_GRAPH_URL",
        "Overrides the cloud's Graph address, likewise.",
        example="https://localhost:9443",
        kind="https URL",
    ),
    Setting(
        "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_ID",
        "Application (client) id of the sign-in application.",
        kind="GUID",
    ),
    Setting(
        "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_SECRET",
        "Client secret of the sign-in application.",
        is_secret=True,
    ),
    Setting(
        "PILOTAGE_MICROSOFT_IMPORT_CLIENT_ID",
        "Application (client) id of the import application.",
        kind="GUID",
    ),
    Setting(
        "PILOTAGE_MICROSOFT_IMPORT_CERTIFICATE",
        "Certificate and private key of the import application, PEM. Only the worker needs it.",
        is_secret=True,
        kind="PEM",
    ),
    Setting(
        "PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET",
        "Client secret of the import application, where a certificate cannot be had. Only the "
        "worker needs it.",
        is_secret=True,
    ),
    Setting(
        "PILOTAGE_GRAPH_PARALLEL",
        "How many requests one tenant gets at once, at most. A tenant of up to 5,000 users gets 4.",
        default="16",
        kind="1 to 32",
    ),
    Setting(
        "PILOTAGE_IMPORT_CHAINS",
        "auto reads the lists of large tenants in parts, side by side; single reads every list "
        "in one chain of pages, for a Graph that does not like the other.",
        default="auto",
        kind="auto or single",
    ),
    Setting(
        "SSL_CERT_FILE",
        "A file of certificate authorities to trust instead of the built-in ones, for servers "
        "with a private one.",
        kind="path",
    ),
    Setting(
        "PILOTAGE_TRUST_PROXY",
        "1 behind a reverse proxy that sets X-Forwarded-Proto and X-Forwarded-For itself.",
        default="0",
        kind="0 or 1",
    ),
    Setting(
        "PILOTAGE_METRICS_TOKEN",
        "At least 32 random characters. Turns on /metrics for Prometheus, which has to send it as "
        "a bearer token; see metrics.md. Absent: there is no such page.",
        is_secret=True,
        kind="text, 32 characters or more",
    ),
    Setting(
        "PILOTAGE_DEMO",
        "1 turns on one-click sign-in for the sample operators. Set by `pilotage demo`; refused "
        "unless PILOTAGE_BASE_URL is on this machine.",
        default="0",
        kind="0 or 1",
    ),
)


def read(environ: Mapping[str, str]) -> dict[str, str]:
    """Every setting's value: the variable, the file that `NAME_FILE` names, or the default.

    Raises SettingsError for a file that cannot be read and for a value given both ways.
    """
    values: dict[str, str] = {}
    wrong: list[str] = []
    for setting in SETTINGS:
        try:
            values[setting.name] = _read_one(setting, environ)
        except SettingsError as error:
            wrong += error.sentences
    if wrong:
        raise SettingsError(wrong)
    return values


def _read_one(setting: Setting, environ: Mapping[str, str]) -> str:
    file_name = f"{setting.name}_FILE"
    direct, path = environ.get(setting.name, "").strip(), environ.get(file_name, "").strip()
    if direct and path:
        raise SettingsError([f"{setting.name} and {file_name} are both set; keep one of them."])
    if not path:
        return direct or setting.default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text file"
        raise SettingsError([f"{file_name} names {path}, which cannot be read: {reason}."]) from (
            error
        )


def load() -> dict[str, str]:
    """The settings of this process; raises SettingsError."""
    return read(os.environ)
