"""`python -m pilotage.demo.processes.prepare`: everything that must be there before web starts.

A process of its own, because only here the demo loads Django.
"""

import json
import os
import ssl
import urllib.request

import django
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from pilotage.demo.processes.place import Place


def main() -> None:
    """Bring the database up to date, tell the simulator who Pilotage is, add sample data once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.config.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from pilotage.demo.seed import is_seeded

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    register_applications()
    if not is_seeded():
        _seed(Place(settings.DATA_DIR))


def _seed(place: Place) -> None:
    """The samples are many transactions, so a mark stands as long as they are not complete."""
    from pilotage.demo.seed import seed

    place.unfinished.touch()
    seed(lambda done, of: print(f"{done} of {of}", flush=True))  # noqa: T201 - read by parts.py
    place.unfinished.unlink()


def register_applications() -> None:
    """The two applications that an administrator would register in Entra."""
    from django.conf import settings

    from pilotage.imports.collectors.registry import ALL_PERMISSIONS
    from pilotage.onboarding.actions import start_consent, start_sign_in

    microsoft = settings.MICROSOFT
    _register(
        client_id=microsoft.signin_client_id,
        name="Pilotage sign-in",
        client_secrets=[microsoft.signin_client_secret],
        redirect_uris=[settings.BASE_URL + start_sign_in.REDIRECT_PATH],
        group_membership_claims="DirectoryRole",
    )
    _register(
        client_id=microsoft.import_client_id,
        name="Pilotage import",
        certificates=[_public_part(microsoft.import_certificate)],
        redirect_uris=[settings.BASE_URL + start_consent.REDIRECT_PATH],
        required_roles=sorted(ALL_PERMISSIONS),
    )


def _public_part(pem: str) -> str:
    """The certificate without its private key, which is nobody else's."""
    certificate = x509.load_pem_x509_certificate(pem.encode())
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _register(**application: object) -> None:
    from django.conf import settings

    request = urllib.request.Request(  # noqa: S310 - the simulator's own https address
        f"{settings.MICROSOFT.graph_url}/_simulator/api/applications",
        data=json.dumps({**application, "publisher": "Quay Software"}).encode(),
        headers={"Content-Type": "application/json"},
    )
    trust = ssl.create_default_context(cafile=settings.MICROSOFT.ca_file)
    with urllib.request.urlopen(request, timeout=30, context=trust):  # noqa: S310
        pass


if __name__ == "__main__":
    main()
