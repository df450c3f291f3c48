"""The end of the import application's certificate: told 30, 14, 7 and 1 days before, and at it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, system_actor
from pilotage.kernel.finding import Finding, ok, problem
from pilotage.mail.kinds import Letter, NoLongerWanted
from pilotage.mail.models import Mail
from pilotage.mail.queue import queue_mail
from pilotage.microsoft import certificate
from pilotage.microsoft.certificate import CertificateUnusable
from pilotage.microsoft.settings import MicrosoftSettings
from pilotage.onboarding.models import ImportCertificate
from pilotage.partners.models import Partner
from pilotage.partners.models.partner import PartnerKind
from pilotage.partners.queries import visible_to

STEPS = (0, 1, 7, 14, 30)
_REMEDY = (
    "Make a new certificate, upload it to the import application in Entra, and set it as "
    "PILOTAGE_MICROSOFT_IMPORT_CERTIFICATE on every worker. See docs/operate/microsoft.md."
)


def step_of(not_after: datetime, now: datetime) -> int | None:
    """The step that `now` is in: 30, 14, 7, 1, or 0 when it has ended; None long before."""
    days = (not_after - now).total_seconds() / 86_400
    return next((step for step in STEPS if days <= step), None)


def watch_certificate(actor: Actor) -> None:
    """Note the certificate in use, and tell the provider once for each step.

    After a standstill only the present step is told. Nothing happens without a certificate; one
    that cannot be read is told by `pilotage doctor` and by every probe.
    """
    pem = settings.MICROSOFT.import_certificate
    if not pem:
        return
    try:
        loaded = certificate.load(pem)
    except CertificateUnusable:
        return
    with transaction.atomic():
        seen, _ = ImportCertificate.objects.select_for_update().update_or_create(
            thumbprint=loaded.thumbprint,
            defaults={"not_after": loaded.not_after, "seen_at": clock.now()},
        )
        _tell(actor, seen)


def _tell(actor: Actor, seen: ImportCertificate) -> None:
    step = step_of(seen.not_after, clock.now())
    if step is None or (seen.warned_days is not None and seen.warned_days <= step):
        return
    provider = _provider(actor)
    if provider is None:
        # Nobody has been set up yet whom one could tell.
        return
    seen.warned_days = step
    seen.save(update_fields=["warned_days"])
    record(
        actor,
        "certificate.expiring",
        partner_id=provider.id,
        message=words_of(seen.not_after),
        details={"not_after": seen.not_after.isoformat(), "days": step},
    )
    queue_mail(
        "certificate_expiring",
        key=f"certificate:{seen.thumbprint}:{step}",
        to=provider.email,
        partner_id=provider.id,
        context={"thumbprint": seen.thumbprint},
    )


def expiring_certificate(actor: Actor) -> ImportCertificate | None:
    """The certificate in use if its end is near; for the provider's people only."""
    if not actor.is_provider:
        return None
    latest = ImportCertificate.objects.order_by("-seen_at").first()
    if latest is None or step_of(latest.not_after, clock.now()) is None:
        return None
    return latest


def words_of(not_after: datetime) -> str:
    """One sentence for people."""
    verb = "has expired" if not_after <= clock.now() else "expires"
    return f"The import application's certificate {verb}: {not_after:%-d %b %Y, %H:%M} UTC."


def check_certificate(settings: MicrosoftSettings) -> Finding:
    """For `pilotage doctor`."""
    if not settings.import_certificate:
        return ok("microsoft certificate", "none: the client secret is used, or this is no worker")
    try:
        loaded = certificate.load(settings.import_certificate)
    except CertificateUnusable as error:
        return problem("microsoft certificate", f"It cannot be used: {error.text}.", _REMEDY)
    if step_of(loaded.not_after, clock.now()) is None:
        return ok("microsoft certificate", f"valid until {loaded.not_after:%-d %b %Y}")
    return problem("microsoft certificate", words_of(loaded.not_after), _REMEDY)


def render_certificate_expiring(mail: Mail) -> Letter:
    """The mail to the provider; raises NoLongerWanted when another certificate is in use."""
    latest = ImportCertificate.objects.order_by("-seen_at").first()
    if latest is None or latest.thumbprint != mail.context["thumbprint"]:
        raise NoLongerWanted("Another certificate is in use.")
    facts = {
        "partner": _provider(system_actor("mail")),
        "words": words_of(latest.not_after),
        "remedy": _REMEDY,
    }
    return Letter(
        subject=words_of(latest.not_after).rstrip("."),
        text=render_to_string("mails/certificate_expiring.txt", facts),
        html=render_to_string("mails/certificate_expiring.html", facts),
    )


def _provider(actor: Actor) -> Partner | None:
    return visible_to(actor).filter(kind=PartnerKind.PROVIDER).first()
