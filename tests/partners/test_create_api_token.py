"""Create API token."""

import hashlib
from datetime import timedelta

import pytest

from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.actor import ActorKind, Role
from pilotage.kernel.errors import Forbidden, Invalid
from pilotage.partners.actions.create_api_token import create_api_token
from pilotage.partners.api_tokens import actor_for_bearer
from pilotage.partners.errors import PeopleOnly
from pilotage.partners.models import ApiToken
from pilotage.partners.queries import PartnerNotFound
from tests.cast import World


def test_a_token_is_shown_once_and_kept_as_a_hash(world: World) -> None:
    token, text = create_api_token(world.admin, name="Billing", role=Role.EDITOR, days=30)
    secret = text.removeprefix(f"plk_{token.public_id}_")
    stored = ApiToken.objects.values().get(id=token.id)
    assert stored["secret_sha256"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(stored)
    assert token.expires_at - token.created_at == timedelta(days=30)
    event = Event.objects.get(name="token.created")
    assert event.partner_id == world.harbour.id
    assert event.details["role"] == "editor"
    assert secret not in str(event.as_json())


def test_it_acts_for_its_partner_with_its_role(world: World) -> None:
    _, text = create_api_token(world.admin, name="Billing", role=Role.VIEWER)
    actor = actor_for_bearer(text)
    assert (actor.kind, actor.role, actor.partner_id) == (
        ActorKind.TOKEN,
        Role.VIEWER,
        world.harbour.id,
    )
    assert not actor.is_provider


def test_a_token_cannot_make_tokens(world: World) -> None:
    _, text = create_api_token(world.admin, name="Billing", role=Role.ADMIN)
    with pytest.raises(PeopleOnly):
        create_api_token(actor_for_bearer(text), name="Another", role=Role.VIEWER)


def test_only_admins_create_tokens(world: World) -> None:
    for actor in (world.viewer, world.editor):
        with pytest.raises(Forbidden):
            create_api_token(actor, name="Billing", role=Role.VIEWER)


def test_a_stranger_cannot_name_another_partner(world: World) -> None:
    with pytest.raises(PartnerNotFound):
        create_api_token(world.stranger, name="Spy", role=Role.VIEWER, partner_id=world.harbour.id)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("name", "days", "field"),
    [("", 90, "name"), ("x" * 81, 90, "name"), ("x", 0, "days"), ("x", 366, "days")],
)
def test_name_and_days_are_checked(world: World, name: str, days: int, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_api_token(world.admin, name=name, role=Role.VIEWER, days=days)
    assert list(refused.value.fields) == [field]


def test_last_use_is_noted_at_most_once_a_minute(world: World) -> None:
    token, text = create_api_token(world.admin, name="Billing", role=Role.VIEWER)
    start = clock.now()
    for seconds, expected in ((1, 1), (30, 1), (62, 62)):
        with clock.set_to(start + timedelta(seconds=seconds)):
            actor_for_bearer(text)
        token.refresh_from_db()
        assert token.last_used_at == start + timedelta(seconds=expected)


def test_an_admin_may_give_each_role(world: World) -> None:
    for role in Role:
        _, text = create_api_token(world.admin, name="Billing", role=role)
        assert actor_for_bearer(text).role is role
