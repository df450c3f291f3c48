"""The settings of the demo's processes."""

import os
import shlex
import ssl
from collections.abc import Mapping
from pathlib import Path

from pilotage.demo.processes.place import Place
from pilotage.demo.processes.secrets import keep_certificate, keep_secret

# Any two GUIDs; the simulator is told about them at each start.
SIGNIN_CLIENT_ID = "7d2f4c1a-5a0e-4c57-9c5b-0d6f3c1e8a01"
IMPORT_CLIENT_ID = "7d2f4c1a-5a0e-4c57-9c5b-0d6f3c1e8a02"


def make_settings(
    place: Place,
    *,
    base_url: str,
    database_url: str,
    smtp_url: str,
    microsoft_url: str,
    ca_file: Path,
) -> dict[str, str]:
    """What an operator of a real installation would set; secrets by file."""
    secrets = place.secrets
    return {
        "PILOTAGE_DEMO": "1",
        "PILOTAGE_BASE_URL": base_url,
        "PILOTAGE_DATA_DIR": str(place.path),
        "PILOTAGE_DATABASE_URL": database_url,
        "PILOTAGE_SECRET_KEY_FILE": str(keep_secret(secrets / "secret-key")),
        "PILOTAGE_EMAIL_URL": os.environ.get("PILOTAGE_EMAIL_URL") or smtp_url,
        "PILOTAGE_EMAIL_FROM": "Pilotage demo <demo@pilotage.example>",
        "PILOTAGE_MICROSOFT_LOGIN_URL": microsoft_url,
        "PILOTAGE_GRAPH_URL": microsoft_url,
        "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_ID": SIGNIN_CLIENT_ID,
        "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_SECRET_FILE": str(
            keep_secret(secrets / "sign-in-secret")
        ),
        "PILOTAGE_MICROSOFT_IMPORT_CLIENT_ID": IMPORT_CLIENT_ID,
        "PILOTAGE_MICROSOFT_IMPORT_CERTIFICATE_FILE": str(keep_certificate(secrets / "import.pem")),
        "SSL_CERT_FILE": str(_trust(place, ca_file)),
    }


def clean_environment() -> dict[str, str]:
    """This process's environment without settings of Pilotage: the demo never touches another
    installation's database, and needs no proxy to reach this machine."""
    unwanted = ("PILOTAGE_", "DJANGO_", "GRANIAN_")
    proxies = {"http_proxy", "https_proxy", "all_proxy"}
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(unwanted) and name.lower() not in proxies
    } | {"PYTHONUNBUFFERED": "1"}


def write_settings(path: Path, settings: Mapping[str, str]) -> None:
    """Keep them for `set -a; . FILE` in another terminal; nobody else may read it."""
    lines = "".join(f"{name}={shlex.quote(value)}\n" for name, value in settings.items())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(lines)


def _trust(place: Place, ca_file: Path) -> Path:
    """The simulator's authority, and those that this machine trusts anyway."""
    usual = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    bundle = place.secrets / "authorities.pem"
    texts = [ca_file.read_text(encoding="utf-8")]
    if usual and Path(usual).is_file():
        texts.append(Path(usual).read_text(encoding="utf-8"))
    bundle.write_text("\n".join(texts), encoding="utf-8")
    return bundle
