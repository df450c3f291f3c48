"""The cast of the tests: a provider, two partners, and people with each role."""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password
from django.test import Client

from pilotage.catalog.models import AddOn, Sku
from pilotage.customers.models import Customer
from pilotage.kernel.actor import Actor, Role
from pilotage.onboarding.actions.add_customer import add_customer
from pilotage.partners.access import actor_for_operator
from pilotage.partners.models import Operator, Partner

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class World:
    """A small installation. `stranger` is an admin of a partner that has nothing to do with it."""

    provider: Partner
    harbour: Partner
    other: Partner
    owner: Actor
    admin: Actor
    editor: Actor
    viewer: Actor
    stranger: Actor

    def operator(self, actor: Actor) -> Operator:
        """The account of one of the cast, for signing in."""
        return Operator.objects.get(id=actor.id)

    def add_customer(self, actor: Actor | None = None, **changes: object) -> Customer:
        """A pending trial customer of Harbour Cloud, made by the real action."""
        fields: dict[str, object] = {
            "partner_id": (actor or self.editor).partner_id,
            "organization_name": "Wide World Importers",
            "notification_email": "admin@wideworld.example",
            "sku": "essentials",
            "add_ons": [],
            **changes,
        }
        return add_customer(actor or self.editor, **fields)  # type: ignore[arg-type]


def begin_session(client: Client, operator: Operator) -> None:
    """A session of an operator who has shown a second step."""
    client.force_login(operator)
    session = client.session
    session["second_step_set_up"] = True
    session.save()


def build() -> World:
    """Insert the cast."""
    provider = Partner.objects.create(
        kind="provider", name="Quay Software", email="hello@quay.example"
    )
    harbour = _partner(provider, "Harbour Cloud", "Europe/Berlin")
    other = _partner(provider, "Other Shore IT", "America/New_York")
    catalogue(harbour, other)
    return World(
        provider=provider,
        harbour=harbour,
        other=other,
        owner=_person(provider, "Odile Owner", Role.ADMIN),
        admin=_person(harbour, "Adam Admin", Role.ADMIN),
        editor=_person(harbour, "Edda Editor", Role.EDITOR),
        viewer=_person(harbour, "Vito Viewer", Role.VIEWER),
        stranger=_person(other, "Stina Stranger", Role.ADMIN),
    )


def catalogue(*sellers: Partner) -> None:
    """Three SKUs and three add-ons; Education takes only one of them."""
    names = {"teams-governance": "Teams governance", "sign-in-analytics": "Sign-in analytics"}
    add_ons = [AddOn.objects.create(code=code, name=name) for code, name in names.items()]
    backup = AddOn.objects.create(code="backup", name="Backup")
    plans = [
        ("essentials", "Essentials", 300, add_ons),
        ("enterprise", "Enterprise", None, [*add_ons, backup]),
        ("education", "Education", None, add_ons[:1]),
    ]
    for position, (code, name, limit, fitting) in enumerate(plans):
        sku = Sku.objects.create(code=code, name=name, seat_limit=limit, position=position)
        sku.add_ons.set(fitting)
        sku.sold_by.set(sellers)


def _partner(parent: Partner, name: str, time_zone: str) -> Partner:
    email = f"support@{name.split()[0].lower()}.example"
    return Partner.objects.create(parent=parent, name=name, email=email, time_zone=time_zone)


def _person(partner: Partner, name: str, role: Role) -> Actor:
    email = f"{name.split()[0].lower()}@{partner.name.split()[0].lower()}.example"
    operator = Operator.objects.create(
        email=email, password=_hashed(), partner=partner, name=name, role=role
    )
    return actor_for_operator(operator)


@cache
def _hashed() -> str:
    # argon2 is slow on purpose; once per test process is enough.
    return make_password(PASSWORD)
