"""Browsers without a browser: the pages as each of the cast gets them."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from pilotage.kernel.actor import Actor
from tests.cast import World, begin_session

SignIn = Callable[[Actor], Client]


@pytest.fixture
def sign_in(world: World) -> SignIn:
    """Signs one of the cast in; the second step is set up, as the pages insist."""

    def signed_in(actor: Actor) -> Client:
        operator = world.operator(actor)
        Authenticator.objects.get_or_create(
            user=operator, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
        )
        client = Client()
        begin_session(client, operator)
        return client

    return signed_in


@pytest.fixture
def editor(world: World, sign_in: SignIn) -> Client:
    """The editor of Harbour Cloud."""
    return sign_in(world.editor)


@pytest.fixture
def viewer(world: World, sign_in: SignIn) -> Client:
    """The viewer of Harbour Cloud."""
    return sign_in(world.viewer)


@pytest.fixture
def stranger(world: World, sign_in: SignIn) -> Client:
    """The admin of the other partner."""
    return sign_in(world.stranger)
