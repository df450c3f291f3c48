"""The Connections page, the card on the customer's page, and the concern on the overview."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from pilotage.customers.models import ConnectionState, Customer, TenantConnection
from pilotage.imports.error_catalogue import entry_for
from pilotage.kernel import clock
from pilotage.kernel.ids import new_id
from pilotage.onboarding.models import ImportCertificate
from tests.cast import World
from tests.web.conftest import SignIn

OUTDATED = ConnectionState.CONSENT_OUTDATED


def connected(world: World, name: str, state: str, **more: object) -> Customer:
    customer = world.add_customer(organization_name=name)
    Customer.objects.filter(id=customer.id).update(onboarded_at=clock.now())
    TenantConnection.objects.create(
        customer=customer, tenant_id=new_id(), bound_by="Ada", state=state, **more
    )
    return customer


@pytest.fixture
def outdated(world: World) -> Customer:
    """A customer whose consent lacks the devices; another one is well."""
    connected(world, "Well Ltd", ConnectionState.CONNECTED)
    return connected(
        world,
        "Lacking Ltd",
        OUTDATED,
        missing=["Device.Read.All"],
        extra=["Mail.Send"],
        state_reason="The consent does not cover: Device.Read.All.",
    )


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_the_worklist_says_what_is_missing_and_what_to_do(
    outdated: Customer, editor: Client
) -> None:
    page = text_of(editor, "/connections")
    assert "Well Ltd" not in page
    for words in (
        "Lacking Ltd",
        "Read all devices",
        "Resend activation link",
        "Check now",
        "Mail.Send",
    ):
        assert words in page
    assert f"/customers/{outdated.id}/activation-link/resend" in page


def test_filters(world: World, outdated: Customer, editor: Client) -> None:
    gone = connected(world, "Gone Ltd", ConnectionState.CONNECTED)
    TenantConnection.objects.filter(customer=gone).update(released_at=clock.now())
    assert "Well Ltd" in text_of(editor, "/connections?state=connected")
    assert "Gone Ltd" not in text_of(editor, "/connections?state=connected")
    assert "Gone Ltd" in text_of(editor, "/connections?state=disconnected")
    assert "Gone Ltd" in text_of(editor, "/connections")
    assert "Lacking Ltd" in text_of(editor, "/connections?state=all")
    assert "No connection is in this state" in text_of(editor, "/connections?state=revoked")
    assert editor.get("/connections?state=odd").status_code == 422


def test_a_long_list_costs_no_more_queries_a_row(
    world: World, outdated: Customer, editor: Client
) -> None:
    text_of(editor, "/connections")
    with CaptureQueriesContext(connection) as one:
        text_of(editor, "/connections")
    for number in range(8):
        connected(world, f"More {number}", ConnectionState.REVOKED)
    with CaptureQueriesContext(connection) as many:
        text_of(editor, "/connections")
    assert len(many) == len(one)


def test_a_viewer_sees_but_cannot_act(outdated: Customer, viewer: Client, stranger: Client) -> None:
    page = text_of(viewer, "/connections")
    assert "Lacking Ltd" in page
    assert "Check now" not in page
    assert "Lacking Ltd" not in text_of(stranger, "/connections")
    check = f"/customers/{outdated.id}/connection/check"
    assert viewer.post(check).status_code == 403
    assert stranger.post(check).status_code == 404
    assert stranger.get(f"/customers/{outdated.id}/connection/live").status_code == 404


def test_check_now_shows_that_it_is_being_checked(outdated: Customer, editor: Client) -> None:
    check = f"/customers/{outdated.id}/connection/check"
    assert "Check now" in text_of(editor, check)
    assert editor.post(check).status_code == 303
    live = f"/customers/{outdated.id}/connection/live"
    card = editor.get(live)
    assert "Checking" in card.text and "every 2s" in card.text
    assert "HX-Trigger" not in card.headers
    assert live in text_of(editor, "/connections"), "the row follows as well"
    TenantConnection.objects.update(probe_requested_at=None, last_probed_at=clock.now())
    card = editor.get(live)
    assert "every 2s" not in card.text
    assert card.headers["HX-Trigger"] == "cameToAnEnd", "buttons and state above follow"
    assert live not in text_of(editor, "/connections")


def test_what_the_state_says_is_not_said_again_with_the_error(world: World, editor: Client) -> None:
    entry = entry_for("tenant_blocked")
    customer = connected(
        world, "Blocked Ltd", ConnectionState.DEGRADED,
        state_reason=entry.text, last_error_code="tenant_blocked",
    )  # fmt: skip
    for path in ("/connections", f"/customers/{customer.id}"):
        page = text_of(editor, path)
        assert page.count(escape(entry.text)) == 1
        assert escape(entry.remedy) in page


def test_the_customer_page_explains_the_permissions(outdated: Customer, editor: Client) -> None:
    page = text_of(editor, f"/customers/{outdated.id}")
    for words in (
        "Missing",
        "Read all devices",
        "Not asked for",
        "Mail.Send",
        "Resend activation link",
    ):
        assert words in page


def test_the_overview_points_to_them(
    world: World, outdated: Customer, editor: Client, sign_in: SignIn
) -> None:
    ImportCertificate.objects.create(
        thumbprint="a", not_after=clock.now() + timedelta(days=6, hours=23)
    )
    page = text_of(editor, "/")
    assert "whose connection needs something" in page
    assert "certificate" not in page
    assert "import application&#x27;s certificate expires" in text_of(sign_in(world.owner), "/")
