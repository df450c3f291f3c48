"""The page of nightly imports, and where the next one is told."""

from datetime import timedelta

import pytest
from django.test import Client

from pilotage.imports.actions.cancel_import import cancel_import
from pilotage.imports.actions.request_import import request_import
from pilotage.kernel import clock
from pilotage.partners.import_window import get_import_window
from tests.cast import World
from tests.imports.connected import connect
from tests.web.conftest import SignIn

PAGE = "/settings/nightly-imports"


@pytest.fixture
def admin(world: World, sign_in: SignIn) -> Client:
    """The admin of Harbour Cloud."""
    return sign_in(world.admin)


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_an_admin_changes_the_window(world: World, admin: Client) -> None:
    panel = f"{PAGE}/{world.harbour.id}"
    assert panel in text(admin, PAGE)
    assert 'value="01:00"' in text(admin, panel)
    typed = {"is_enabled": "yes", "opens": "22:00", "closes": "22:10"}
    refused = admin.post(panel, typed)
    assert refused.status_code == 422
    assert "at least 30 minutes" in refused.content.decode()
    assert 'value="22:10"' in refused.content.decode(), "what was typed is still there"
    assert admin.post(panel, {**typed, "opens": "late"}).status_code == 422
    done = admin.post(panel, {**typed, "closes": "04:00"})
    assert (done.status_code, done["Location"]) == (303, PAGE)
    assert get_import_window(world.admin, world.harbour.id).hours == "22:00-04:00"
    assert "Nightly imports of Harbour Cloud are now 22:00-04:00." in text(admin, PAGE)
    admin.post(panel, {**typed, "closes": "04:00", "is_enabled": "no"})
    assert not get_import_window(world.admin, world.harbour.id).is_enabled


def test_others_look_but_do_not_change(world: World, editor: Client, stranger: Client) -> None:
    assert "Harbour Cloud" in text(editor, PAGE)
    assert "Change the window" not in text(editor, PAGE)
    assert editor.post(f"{PAGE}/{world.harbour.id}").status_code == 403
    assert "Harbour Cloud" not in text(stranger, PAGE)
    assert stranger.get(f"{PAGE}/{world.harbour.id}").status_code == 404


def test_customer_and_run_say_when_the_next_one_is_due(world: World, viewer: Client) -> None:
    customer = connect(world.add_customer())
    run = request_import(world.editor, customer.id)
    cancel_import(world.editor, run.id)
    pages = (f"/customers/{customer.id}", f"/imports/{run.id}")
    for page in pages:
        assert "Begins after the onboarding" in text(viewer, page)
    customer.onboarded_at = clock.now() - timedelta(days=1)
    customer.save()
    for page in pages:
        told = text(viewer, page)
        assert "Next nightly import" in told
        assert "Begins after the onboarding" not in told
