"""The customer's page with its tabs."""

from typing import Any

import pytest
from django.test import Client

from pilotage.customers.actions.extend_trial import extend_trial, preview_extend_trial
from pilotage.onboarding.models import ActivationLink, Onboarding, Step
from tests.cast import World
from tests.web.samples import failed, importing, onboarded


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_shows_the_account_the_tenant_and_what_happened(world: World, editor: Client) -> None:
    customer, run = importing(world, "Contoso")
    day = preview_extend_trial(world.editor, customer.id).new_end_day
    extend_trial(world.editor, customer.id, expected_end=day, reason="Board approval")
    text = page(editor, f"/customers/{customer.id}")
    for words in ("Essentials", "admin@wideworld.example", "Anna Admin", "Board approval"):
        assert words in text
    assert str(customer.connections.get().tenant_id) in text
    assert f'href="/imports/{run.id}"' in text
    assert f"to {day:%-d %b %Y}" in text


def test_it_is_live_while_the_import_runs(world: World, editor: Client) -> None:
    customer, _ = importing(world, "Contoso")
    live = f"/customers/{customer.id}/live"
    assert f'hx-get="{live}"' in page(editor, f"/customers/{customer.id}")
    assert "Importing users: 1,284 of 2,006" in page(editor, live)
    Onboarding.objects.update(step=Step.IMPORT_FAILED)
    assert "hx-trigger" not in page(editor, live)


def test_it_says_how_to_go_on_after_a_failure(world: World, editor: Client) -> None:
    customer, run = failed(world, "Contoso")
    text = page(editor, f"/customers/{customer.id}")
    assert "Import failed" in text and f"/imports/{run.id}#errors" in text


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step.DECLINED, "Consent declined"),
        (Step.AWAITING_APPROVAL, "Waiting for your approval"),
        (Step.LINK_EXPIRED, "Activation link expired"),
        (Step.CANCELED, "Onboarding canceled"),
    ],
)
def test_it_says_where_the_onboarding_stopped(
    world: World, editor: Client, step: Step, words: str
) -> None:
    customer = world.add_customer()
    Onboarding.objects.update(step=step)
    text = page(editor, f"/customers/{customer.id}")
    assert words in text and "every 2s" not in text


def test_a_revoked_link_is_named(world: World, editor: Client) -> None:
    customer = world.add_customer()
    ActivationLink.objects.update(revoked_at=customer.created_at)
    assert "Activation link revoked" in page(editor, f"/customers/{customer.id}")


def test_the_event_log_is_paged(
    world: World, editor: Client, django_assert_num_queries: Any
) -> None:
    customer = onboarded(world, "Contoso")
    text = page(editor, f"/customers/{customer.id}/events")
    assert "Customer added" in text and "Edda Editor" in text
    assert "CET" in text  # the partner's time zone


def test_the_import_runs_are_listed(world: World, editor: Client) -> None:
    customer, run = importing(world, "Contoso")
    text = page(editor, f"/customers/{customer.id}/imports")
    assert f'href="/imports/{run.id}"' in text and "1,284" in text
    other = onboarded(world, "Fabrikam")
    assert "No import yet" in page(editor, f"/customers/{other.id}/imports")


def test_a_viewer_gets_no_buttons_that_act(world: World, viewer: Client) -> None:
    customer = onboarded(world, "Contoso")
    text = page(viewer, f"/customers/{customer.id}")
    assert "extend-trial" not in text and "data-copy" not in text
