"""Overview, Imports, Audit log, Operators and Catalogue."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pilotage.imports.error_catalogue import CATALOGUE
from pilotage.imports.models import RunState
from pilotage.kernel import clock
from pilotage.mail.models import Mail, MailState
from pilotage.onboarding.models import Onboarding, Step
from tests.cast import World
from tests.imports.connected import ended
from tests.web.conftest import SignIn
from tests.web.samples import failed, importing, onboarded


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("/", 22), ("/imports", 9), ("/audit-log", 7), ("/operators", 6), ("/catalogue", 9)],
)
def test_each_takes_the_same_queries_for_3_and_for_30(
    world: World, admin: Client, path: str, queries: int, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        failed(world, f"Customer {number:02}")
        onboarded(world, f"Settled {number:02}")
    page(admin, path)
    with django_assert_num_queries(queries):
        page(admin, path)


@pytest.fixture
def admin(world: World, sign_in: SignIn) -> Client:
    """The admin of Harbour Cloud."""
    return sign_in(world.admin)


def test_the_overview_names_what_needs_attention(world: World, editor: Client) -> None:
    failed(world, "Import failed")
    onboarded(world, "Ends soon", expires_at=clock.now() + timedelta(days=3))
    onboarded(world, "Ended", expires_at=clock.now() - timedelta(days=3))
    world.add_customer(organization_name="No mail")
    Mail.objects.filter(key__contains="activation").update(
        state=MailState.FAILED, last_error="550 no such user"
    )
    waiting = world.add_customer(organization_name="Guest")
    Onboarding.objects.filter(customer=waiting).update(step=Step.AWAITING_APPROVAL)
    text = page(editor, "/")
    for words in (
        "customer waiting for your approval",
        "activation mail was not sent yet",
        "customer with import errors",
        "customer whose trial ends within 7 days",
        "customer whose account has expired",
    ):
        assert words in text
    assert "Ends soon" in text and "No mail" in text


def test_every_concern_leads_to_exactly_its_customers(world: World, editor: Client) -> None:
    customer, _ = failed(world, "Import failed")
    ended(world, customer)
    recovered, _ = failed(world, "Recovered")
    ended(world, recovered, RunState.SUCCEEDED)
    onboarded(world, "Ended", expires_at=clock.now() - timedelta(days=3))
    onboarded(world, "Fine", expires_at=clock.now() + timedelta(days=99))
    for concern in editor.get("/").context["attention"]:
        listed = editor.get(concern.address)
        rows = listed.context.get("rows") or listed.context["runs"]
        assert len(rows) == int(concern.number), concern


def test_nothing_to_do_is_said_too(world: World, editor: Client) -> None:
    onboarded(world, "Fine", expires_at=clock.now() + timedelta(days=99))
    assert "Nothing needs you right now" in page(editor, "/")


def test_a_new_partner_is_welcomed(editor: Client) -> None:
    assert "Add your first customer" in page(editor, "/")


def test_pictures_have_their_numbers_as_a_table(world: World, editor: Client) -> None:
    onboarded(world, "Contoso", expires_at=clock.now() + timedelta(days=1))
    text = page(editor, "/")
    assert "<td>On board</td><td>1</td><td>100%</td>" in text
    assert "Accounts ending by week" in text


def test_imports_of_all_customers_by_state(world: World, editor: Client) -> None:
    importing(world, "Contoso")
    failed(world, "Fabrikam")
    everything = page(editor, "/imports")
    assert "Contoso" in everything and "Fabrikam" in everything
    assert "Contoso" not in page(editor, "/imports?state=troubled")
    assert "Fabrikam" not in page(editor, "/imports?state=unfinished")
    assert editor.get("/imports?state=nonsense").status_code == 422


def test_a_run_shows_collectors_and_each_error_with_its_remedy(
    world: World, editor: Client
) -> None:
    _, run = failed(world, "Contoso")
    text = page(editor, f"/imports/{run.id}")
    assert '1,284 <span class="mute">of 2,006' in text
    assert "Microsoft Graph did not answer." in text and "What to do:" in text
    assert run.errors.get().request_id in text and "3 times" in text
    assert f'href="/imports/{run.id}/retry"' in text
    assert "every 2s" not in text


def test_a_run_is_live_until_it_ends(world: World, editor: Client) -> None:
    _, run = importing(world, "Contoso")
    assert f'hx-get="/imports/{run.id}/live"' in page(editor, f"/imports/{run.id}")
    assert f'href="/imports/{run.id}/cancel"' in page(editor, f"/imports/{run.id}/live")
    run.state, run.finished_at = RunState.SUCCEEDED, clock.now()
    run.save()
    assert "hx-trigger" not in page(editor, f"/imports/{run.id}/live")


def test_the_audit_log_can_be_narrowed_to_one_kind(world: World, editor: Client) -> None:
    customer = world.add_customer()
    assert f'href="/customers/{customer.id}"' in page(editor, "/audit-log")
    assert "No events of this kind" in page(editor, "/audit-log?name=customer.converted")
    assert editor.get("/audit-log?name=nonsense").status_code == 422


def test_operators_and_catalogue(world: World, editor: Client) -> None:
    text = page(editor, "/operators")
    assert "Vito Viewer" in text and "Stina Stranger" not in text
    onboarded(world, "Contoso")
    text = page(editor, "/catalogue")
    assert "up to 300" in text and 'href="/customers?sku=essentials">1<' in text


def test_the_provider_sees_partners_and_chooses_one(world: World, sign_in: SignIn) -> None:
    owner = sign_in(world.owner)
    onboarded(world, "Contoso")
    assert "Harbour Cloud" in page(owner, "/customers?columns=partner")
    form = page(owner, "/customers/add")
    assert "Other Shore IT" in form and "Harbour Cloud" in form
    plan = f"/customers/add/plan?partner={world.harbour.id}&sku=enterprise"
    assert "Backup" in page(owner, plan)
    response = owner.post(
        "/customers/add",
        {
            "partner": str(world.other.id),
            "organization_name": "Fabrikam",
            "notification_email": "it@fabrikam.example",
            "sku": "essentials",
        },
    )
    assert response.status_code == 303
    assert "Fabrikam" in page(owner, "/customers/pending")


def test_an_address_that_leads_nowhere(editor: Client) -> None:
    response = editor.get("/nowhere")
    assert response.status_code == 404
    assert "There is no page at this address." in response.content.decode()
    visitor = Client().get("/nowhere")
    assert visitor.status_code == 404 and b"Manage" not in visitor.content


def test_all_that_can_go_wrong_is_on_one_page(world: World, editor: Client) -> None:
    _, run = failed(world, "Harbour Foods")
    code = run.errors.get().code
    assert f'href="/help/import-errors#{code}"' in page(editor, f"/imports/{run.id}")
    shown = page(editor, "/help/import-errors")
    assert all(f'id="{known}"' in shown for known in CATALOGUE)
    assert code in CATALOGUE
