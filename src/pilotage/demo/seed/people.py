"""The provider, two partners and their operators, as the demo shows them."""

from dataclasses import dataclass
from datetime import timedelta

from pilotage.kernel import clock
from pilotage.kernel.actor import Role
from pilotage.partners.models import Operator, Partner


@dataclass(frozen=True, slots=True)
class People:
    """The partners of the demo."""

    provider: Partner
    harbour: Partner
    lighthouse: Partner


OPERATORS = (
    ("provider", "Odile Brandt", "odile@quay.example", Role.ADMIN),
    ("harbour", "Mira Voss", "mira@harbourcloud.example", Role.ADMIN),
    ("harbour", "Tomás Reyes", "tomas@harbourcloud.example", Role.EDITOR),
    ("harbour", "Ines Okafor", "ines@harbourcloud.example", Role.VIEWER),
    ("lighthouse", "Jonas Lindqvist", "jonas@lighthouse.example", Role.ADMIN),
)


def seed_people() -> People:
    """Insert them; their accounts have no password, the demo signs them in with one click."""
    provider = Partner.objects.create(
        kind="provider", name="Quay Software", email="hello@quay.example"
    )
    people = People(
        provider=provider,
        harbour=Partner.objects.create(
            parent=provider,
            name="Harbour Cloud",
            email="support@harbourcloud.example",
            website="https://harbourcloud.example",
            time_zone="Europe/Berlin",
        ),
        lighthouse=Partner.objects.create(
            parent=provider,
            name="Lighthouse IT",
            email="desk@lighthouse.example",
            time_zone="Europe/Stockholm",
        ),
    )
    for where, name, email, role in OPERATORS:
        Operator.objects.create_user(
            email, None, partner=getattr(people, where), name=name, role=role
        )
    Operator.objects.update(set_up_at=clock.now() - timedelta(days=400))
    return people
