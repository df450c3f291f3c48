"""The Actions menu: the same entries as the API's allowed_actions, with the reason why not."""

from django.test import Client
from django.utils.html import escape

from pilotage.customers.actions.suspend import suspend
from pilotage.customers.models import AccountType, Source
from tests.cast import World
from tests.web.samples import HTMX, onboarded


def menu(client: Client, path: str) -> str:
    response = client.get(path, headers=HTMX)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_of_a_trial(world: World, editor: Client) -> None:
    customer = onboarded(world, "Contoso")
    text = menu(editor, f"/customers/{customer.id}/menu")
    assert f'href="/customers/{customer.id}/extend-trial"' in text
    assert f'href="/customers/{customer.id}/convert"' in text
    assert f"/customers/{customer.id}/edit" not in text
    assert "Only production accounts can be edited." in text
    assert "Copy activation link" not in text and "Resume" not in text


def test_of_a_production_account_that_an_msp_did_not_bring(world: World, editor: Client) -> None:
    customer = onboarded(
        world, "Contoso", account_type=AccountType.PRODUCTION, source=Source.DIRECT
    )
    text = menu(editor, f"/customers/{customer.id}/menu")
    assert f"/customers/{customer.id}/edit" not in text
    assert "was not brought by an MSP" in text


def test_of_a_pending_customer(world: World, editor: Client) -> None:
    customer = world.add_customer()
    text = menu(editor, f"/customers/{customer.id}/menu")
    for path in ("activation-link", "activation-link/resend", "activation-link/revoke"):
        assert f'"/customers/{customer.id}/{path}"' in text
    assert f"/customers/{customer.id}/cancel-onboarding" in text
    assert escape("not connected to a Microsoft 365 tenant") in text


def test_of_a_suspended_customer(world: World, editor: Client) -> None:
    customer = onboarded(world, "Contoso")
    suspend(world.editor, customer.id, reason="Payment overdue")
    assert f"/customers/{customer.id}/resume" in menu(editor, f"/customers/{customer.id}/menu")


def test_a_viewer_sees_every_entry_disabled(world: World, viewer: Client) -> None:
    customer = onboarded(world, "Contoso")
    text = menu(viewer, f"/customers/{customer.id}/menu")
    assert "hx-get" not in text and "data-copy" not in text
    assert text.count('aria-disabled="true"') == text.count("This needs the editor role") > 3


def test_of_the_page_it_acts_on_what_is_ticked(world: World, editor: Client) -> None:
    one, other = onboarded(world, "Contoso"), onboarded(world, "Fabrikam")
    nothing = menu(editor, "/customers/menu")
    assert "No customer selected" in nothing and "Tick one or more rows first." in nothing
    assert 'href="/customers/add"' in nothing and 'href="/customers.csv"' in nothing
    assert menu(editor, f"/customers/menu?ids={one.id}") == menu(
        editor, f"/customers/{one.id}/menu"
    )
    several = menu(editor, f"/customers/menu?ids={one.id}&ids={other.id}")
    assert "2 customers selected" in several
    assert f"/customers/extend-trials?ids={one.id}&amp;ids={other.id}" in several
    assert "Tick exactly one row first." in several
    assert editor.get("/customers/menu?ids=1", headers=HTMX).status_code == 422
