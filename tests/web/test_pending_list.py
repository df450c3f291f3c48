"""The Pending customers tab, and how it stays up to date."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pilotage.customers.models import Customer
from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.mail.models import Mail, MailState
from pilotage.onboarding.actions.cancel_onboarding import cancel_onboarding
from pilotage.onboarding.as_json import customer_as_json
from pilotage.onboarding.models import Onboarding, Step
from tests.cast import World
from tests.web.samples import HTMX, failed, importing


def page(client: Client, path: str = "/customers/pending") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_takes_the_same_queries_for_3_and_for_30(
    world: World, editor: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        importing(world, f"Customer {number:02}")
    page(editor)  # the first request also notes that the session is in use
    with django_assert_num_queries(19):
        page(editor)


def test_a_row_shows_link_step_errors_and_the_latest_event(world: World, editor: Client) -> None:
    customer, run = failed(world, "Contoso")
    text = page(editor)
    link = f'action="/customers/{customer.id}/activation-link" data-copy'
    assert text.index(link) < text.index("admin@wideworld.example")
    assert "Import failed" in text
    assert f'href="/imports/{run.id}#errors"' in text
    assert "First import requested" in text


def test_a_running_import_shows_how_far_it_is(world: World, editor: Client) -> None:
    importing(world, "Contoso")
    assert "Importing users: 1,284 of 2,006" in page(editor)


def test_it_asks_again_only_while_something_moves(world: World, editor: Client) -> None:
    customer, _ = importing(world, "Contoso")
    assert "every 2s" in page(editor)
    live = f"/customers/pending/live?ids={customer.id}"
    assert "every 2s" in page(editor, live)
    Onboarding.objects.update(step=Step.IMPORT_FAILED)
    assert "every 2s" not in page(editor, live)
    assert "every 2s" not in page(editor)


def test_who_is_on_board_leaves_the_list_and_it_is_said(world: World, editor: Client) -> None:
    customer, _ = importing(world, "Contoso")
    customer.onboarded_at = clock.now()
    customer.save()
    text = page(editor, f"/customers/pending/live?ids={customer.id}")
    assert f'hx-swap-oob="delete:#row-{customer.id}"' in text
    assert "Contoso is on board and moved to Customers." in text
    assert "Contoso" not in page(editor)


def test_counts_and_filters_hold_while_rows_come_and_go(world: World, editor: Client) -> None:
    gone, _ = importing(world, "Contoso")
    other, _ = importing(world, "Fabrikam")
    whole = page(editor)
    assert whole.count('found">2 customers<') == 2, "in the caption and below the table"
    gone.onboarded_at = clock.now()
    gone.save()
    live = f"/customers/pending/live?ids={gone.id}&ids={other.id}"
    text = page(editor, live)
    assert 'hx-swap-oob="innerHTML:#results .found">1 customer<' in text
    assert "step=importing" in page(editor, "/customers/pending?step=importing")
    assert f"#step-{other.id}" in page(editor, f"{live}&step=importing")
    Onboarding.objects.filter(customer=other).update(step=Step.IMPORT_FAILED)
    text = page(editor, f"{live}&step=importing")
    assert text.index(f"delete:#row-{other.id}") < text.index("No customer matches")
    assert 'href="/customers/pending"' in text, "the filter can be taken away"
    other.onboarded_at = clock.now()
    other.save()
    assert "Nobody is waiting" in page(editor, live)


def test_who_was_canceled_leaves_the_list_in_silence(world: World, editor: Client) -> None:
    customer = world.add_customer()
    cancel_onboarding(world.editor, customer.id)
    text = page(editor, f"/customers/pending/live?ids={customer.id}")
    assert f"delete:#row-{customer.id}" in text and "on board" not in text


def test_a_mail_that_did_not_go_out_is_seen_in_the_row(world: World, editor: Client) -> None:
    world.add_customer()
    assert "Sending the activation link" in page(editor)
    Mail.objects.update(
        state=MailState.RETRYING,
        last_error="The mail server said 450 busy",
        next_try_at=clock.now() + timedelta(minutes=5, seconds=30),
    )
    text = page(editor)
    assert "Activation mail not sent yet" in text
    assert "The mail server said 450 busy" in text and "Trying again in 5 min" in text
    Mail.objects.update(state=MailState.FAILED, next_try_at=None)
    assert "Given up: check the address and resend" in page(editor)


def test_a_mail_beyond_the_limits_is_seen_waiting(world: World, editor: Client) -> None:
    for number in range(4):
        form = {
            "organization_name": f"Wide {number}",
            "notification_email": "admin@wide.example",
            "sku": "essentials",
        }
        answer = editor.post("/customers/add", form, follow=True)
    until = clock.now() + timedelta(days=1)
    words = "more than 3 invitations to this address in a day"
    text = " ".join(answer.content.decode().split())
    assert "The mail to admin@wide.example goes out later. Waits until" in text
    assert "Activation mail waits its turn" in page(editor)
    assert page(editor).count(words) == 1
    shown = customer_as_json(Customer.objects.get(organization_name="Wide 3"))["onboarding"]
    assert shown["waiting_reason"] == "invitation_limit"
    assert shown["waiting_until"][:10] == until.date().isoformat()


def test_an_expired_link_is_seen_without_any_job(world: World, editor: Client) -> None:
    world.add_customer()
    with clock.moved_by(timedelta(days=15)):
        # The sign-in is as old as that too.
        assert "expired" in _rows(world)[0].words


def test_steps_can_be_filtered(world: World, editor: Client) -> None:
    failed(world, "Contoso")
    world.add_customer(organization_name="Fabrikam")
    assert "Fabrikam" not in page(editor, "/customers/pending?step=import_failed")
    assert "Contoso" not in page(editor, "/customers/pending?step=invited")
    assert editor.get("/customers/pending?step=nonsense").status_code == 422


def test_copying_the_link_gives_its_text_and_is_recorded(world: World, editor: Client) -> None:
    customer = world.add_customer()
    path = f"/customers/{customer.id}/activation-link"
    text = editor.post(path, headers={"accept": "text/plain"}).content.decode()
    assert "/activate#t=pla1_" in text
    assert Event.objects.filter(name="activation.link_copied", customer_id=customer.id).count() == 1
    by_hand = editor.post(path).content.decode()
    assert "Copy it from here" in by_hand and text in by_hand
    assert editor.get(path).status_code == 405


def test_a_viewer_copies_nothing(world: World, viewer: Client) -> None:
    customer = world.add_customer()
    assert f"/customers/{customer.id}/activation-link" not in page(viewer)
    path = f"/customers/{customer.id}/activation-link"
    assert viewer.post(path, headers=HTMX).status_code == 403


def _rows(world: World) -> list[Any]:
    from pilotage.customers.queries import list_customers
    from pilotage.web.customers.pending_rows import pending_rows

    return pending_rows(world.editor, list(list_customers(world.editor, pending=True)))
