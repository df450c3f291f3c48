"""Revoke API token."""

from datetime import timedelta

import pytest

from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.actor import Role
from pilotage.kernel.errors import Forbidden
from pilotage.partners.actions.create_api_token import create_api_token
from pilotage.partners.actions.revoke_api_token import revoke_api_token
from pilotage.partners.api_tokens import actor_for_bearer
from pilotage.partners.errors import ApiTokenNotFound, WrongApiToken
from tests.cast import World


def test_the_next_use_is_refused(world: World) -> None:
    token, text = create_api_token(world.admin, name="Billing", role=Role.VIEWER)
    assert actor_for_bearer(text).id == str(token.id)
    for _ in range(2):
        revoke_api_token(world.admin, token.id)
    with pytest.raises(WrongApiToken):
        actor_for_bearer(text)
    assert Event.objects.filter(name="token.revoked").count() == 1


def test_unknown_expired_and_tampered_tokens_get_the_same_answer(world: World) -> None:
    token, text = create_api_token(world.admin, name="Billing", role=Role.VIEWER, days=1)
    wrong = [
        text[:-1] + ("A" if text[-1] != "A" else "B"),
        f"plk_{'0' * 16}_{text[-43:]}",
        text.upper(),
        f"{text} ",
        "",
        "plk_",
    ]
    texts = set()
    for candidate in wrong:
        with pytest.raises(WrongApiToken) as refused:
            actor_for_bearer(candidate)
        texts.add(refused.value.text)
    with (
        clock.set_to(token.expires_at + timedelta(seconds=1)),
        pytest.raises(WrongApiToken) as late,
    ):
        actor_for_bearer(text)
    assert texts == {late.value.text}


def test_only_admins_of_the_partner_revoke(world: World) -> None:
    token, text = create_api_token(world.admin, name="Billing", role=Role.VIEWER)
    with pytest.raises(Forbidden):
        revoke_api_token(world.editor, token.id)
    for other in (world.stranger, world.owner):
        with pytest.raises(ApiTokenNotFound):
            revoke_api_token(other, token.id)
    assert actor_for_bearer(text)
