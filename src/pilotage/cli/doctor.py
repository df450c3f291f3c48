"""`pilotage doctor`: what is wrong with this installation, and what to do about it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from pilotage.cli.django_ready import load_django
from pilotage.cli.options import Json

if TYPE_CHECKING:
    from pilotage.kernel.finding import Finding


def doctor(json: Json = False) -> None:
    """Check database, mail, Microsoft settings, clock and worker; say what to do."""
    load_django()
    from pilotage.cli.output import print_json, say

    findings = []
    for finding in _findings():
        findings.append(finding)
        if not json:
            say(f"{'ok     ' if finding.is_ok else 'PROBLEM'}  {finding.name}: {finding.text}")
            if not finding.is_ok:
                say(f"         {finding.remedy}")
    if json:
        print_json([finding.as_json() for finding in findings])
    if not all(finding.is_ok for finding in findings):
        raise typer.Exit(1)


def _findings() -> Iterator["Finding"]:
    from django.conf import settings

    from pilotage.cli.checks.database import check_database, is_migrated
    from pilotage.cli.checks.mail import check_mail
    from pilotage.cli.checks.settings import check_settings
    from pilotage.cli.checks.worker import check_worker
    from pilotage.onboarding.certificate_expiry import check_certificate
    from pilotage.onboarding.check_microsoft import check_sign_in, check_token

    yield from check_settings()
    database = list(check_database())
    yield from database
    yield from check_mail()
    yield check_certificate(settings.MICROSOFT)
    yield from check_sign_in(settings.MICROSOFT)
    if any(finding.name == "migrations" for finding in database) and is_migrated():
        yield from check_worker()
        yield check_token(settings.MICROSOFT)
