"""The end of the import certificate is told in time: 30, 14, 7, 1 days before, and at it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pytest_django import Settings

from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.actor import system_actor
from pilotage.mail.kinds import NoLongerWanted
from pilotage.mail.models import Mail
from pilotage.onboarding.certificate_expiry import (
    check_certificate,
    expiring_certificate,
    render_certificate_expiring,
    step_of,
    watch_certificate,
)
from pilotage.onboarding.models import ImportCertificate
from tests.cast import World

END = datetime(2027, 3, 1, 12, tzinfo=UTC)
SYSTEM = system_actor("connections")


@pytest.fixture(scope="session")
def pem() -> str:
    """A certificate that ends at END, with its key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "import")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(END - timedelta(days=365)).not_valid_after(END)
    key_pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    signed = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    return (key_pem + signed).decode()


@pytest.fixture(autouse=True)
def in_use(settings: Settings, pem: str) -> None:
    """The worker signs with it."""
    settings.MICROSOFT = replace(settings.MICROSOFT, import_certificate=pem)


@pytest.mark.parametrize(
    ("days", "step"),
    [(31, None), (30, 30), (15, 30), (14, 14), (7, 7), (2, 7), (1, 1), (0.5, 1), (0, 0), (-3, 0)],
)
def test_steps(days: float, step: int | None) -> None:
    assert step_of(END, END - timedelta(days=days)) == step


def test_each_step_is_told_once_to_the_provider(world: World) -> None:
    for days in (40, 29, 28.9, 13, 6, 5, 0.9, -0.1, -2):
        with clock.set_to(END - timedelta(days=days)):
            watch_certificate(SYSTEM)
    events = Event.objects.filter(name="certificate.expiring").order_by("at")
    assert [event.details["days"] for event in events] == [30, 14, 7, 1, 0]
    assert {mail.to for mail in Mail.objects.all()} == {world.provider.email}
    assert Mail.objects.count() == 5
    assert "has expired" in events[4].message


def test_after_a_standstill_only_the_present_step_is_told(world: World) -> None:
    with clock.set_to(END - timedelta(days=3)):
        watch_certificate(SYSTEM)
    assert Event.objects.get(name="certificate.expiring").details["days"] == 7


def test_only_the_provider_sees_it(world: World) -> None:
    with clock.set_to(END - timedelta(days=10)):
        watch_certificate(SYSTEM)
        assert expiring_certificate(world.owner) == ImportCertificate.objects.get()
        assert expiring_certificate(world.admin) is None
    with clock.set_to(END - timedelta(days=50)):
        assert expiring_certificate(world.owner) is None


def test_the_mail_says_what_to_do_and_is_dropped_after_a_renewal(world: World) -> None:
    with clock.set_to(END - timedelta(days=10)):
        watch_certificate(SYSTEM)
        mail = Mail.objects.get()
        assert "1 Mar 2027, 12:00 UTC" in render_certificate_expiring(mail).text
        assert "upload it" in render_certificate_expiring(mail).html
        ImportCertificate.objects.create(thumbprint="new", not_after=END + timedelta(days=365))
        ImportCertificate.objects.filter(thumbprint="new").update(seen_at=END)
        with pytest.raises(NoLongerWanted):
            render_certificate_expiring(mail)


def test_doctor(settings: Settings) -> None:
    with clock.set_to(END - timedelta(days=60)):
        assert check_certificate(settings.MICROSOFT).is_ok
    with clock.set_to(END - timedelta(days=6)):
        finding = check_certificate(settings.MICROSOFT)
    assert not finding.is_ok
    assert "1 Mar 2027" in finding.text
    broken = replace(settings.MICROSOFT, import_certificate="nonsense")
    assert not check_certificate(broken).is_ok
