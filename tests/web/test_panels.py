"""The panels of the Actions menu: what they show, refuse and keep."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils.html import escape

from pilotage.customers.actions.extend_trial import extend_trial, preview_extend_trial
from pilotage.customers.actions.suspend import suspend
from pilotage.customers.models import AccountType, Customer
from pilotage.kernel import clock
from pilotage.onboarding.models import ActivationLink, Onboarding, Step
from tests.cast import World
from tests.web.samples import HTMX, failed, importing, onboarded

ADD = {
    "organization_name": "Wide World Importers",
    "notification_email": "admin@wideworld.example",
    "sku": "enterprise",
    "add_ons": ["backup"],
}


def send(client: Client, path: str, **fields: Any) -> Any:
    return client.post(path, fields, headers=HTMX)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_add_customer_offers_skus_and_the_add_ons_that_fit(editor: Client) -> None:
    text = text_of(editor.get("/customers/add", headers=HTMX))
    assert "14-day trial" in text and "Essentials" in text and "up to 300 seats" in text
    assert "Choose a SKU to see the add-ons" in text and "Backup" not in text
    assert "Backup" in text_of(editor.get("/customers/add/plan?sku=enterprise", headers=HTMX))
    assert "Backup" not in text_of(editor.get("/customers/add/plan?sku=education", headers=HTMX))


def test_apply_adds_a_pending_trial_customer(world: World, editor: Client) -> None:
    response = send(editor, "/customers/add", **ADD)
    assert response.status_code == 204
    assert '"to": "/customers/pending"' in response.headers["HX-Trigger"]
    customer = Customer.objects.get()
    assert customer.is_pending and customer.sku.code == "enterprise"
    assert [a.code for a in customer.add_ons.all()] == ["backup"]
    assert "The activation link goes to" in text_of(editor.get("/customers/pending"))


def test_without_scripts_it_is_a_page_that_leads_on(editor: Client) -> None:
    page = text_of(editor.get("/customers/add"))
    assert "<h1" in page and "hx-post" not in page
    response = editor.post("/customers/add", ADD)
    assert (response.status_code, response.headers["Location"]) == (303, "/customers/pending")


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(editor: Client) -> None:
    response = send(
        editor,
        "/customers/add",
        organization_name="",
        notification_email="admin@wideworld",
        sku="",
        expected_domain="not a domain",
    )
    text = text_of(response)
    assert response.status_code == 422
    for sentence in (
        "Enter the organization's name.",
        "Enter a full email address, like admin@contoso.com.",
        "Choose one SKU from the list.",
        "Enter a domain, like contoso.com.",
    ):
        assert escape(sentence) in text
    assert 'value="admin@wideworld"' in text and 'value="not a domain"' in text
    assert text.count('aria-invalid="true"') == 3
    assert not Customer.objects.exists()


def test_a_double_submit_leads_to_the_first(world: World, editor: Client) -> None:
    send(editor, "/customers/add", **ADD)
    response = send(editor, "/customers/add", **ADD)
    assert response.status_code == 409
    assert f'href="/customers/{Customer.objects.get().id}"' in text_of(response)


def test_extend_shows_both_dates_and_submit_takes_the_one_shown(
    world: World, editor: Client
) -> None:
    customer = onboarded(world, "Contoso")
    path = f"/customers/{customer.id}/extend-trial"
    shown = preview_extend_trial(world.editor, customer.id)
    text = text_of(editor.get(path, headers=HTMX))
    assert f"<b>{shown.new_end_day:%-d %b %Y}</b>" in text and "+14 days" in text
    assert f'name="expected_end" value="{shown.new_end_day}"' in text
    response = send(editor, path, expected_end=f"{shown.new_end_day}", reason="Board")
    assert response.status_code == 204
    assert customer.trial_extensions.get().reason == "Board"
    assert f"extended to {shown.new_end_day:%-d %b %Y}." in text_of(editor.get("/customers"))


def test_a_date_that_moved_is_refused_and_the_new_one_shown(world: World, editor: Client) -> None:
    customer = onboarded(world, "Contoso")
    old = preview_extend_trial(world.editor, customer.id).new_end_day
    extend_trial(world.editor, customer.id, expected_end=old)
    path = f"/customers/{customer.id}/extend-trial"
    response = send(editor, path, expected_end=f"{old}", reason="Board approval")
    text = text_of(response)
    assert response.status_code == 409
    assert f'value="{old + timedelta(days=14)}"' in text and 'value="Board approval"' in text
    assert "The new end date is not the one you were shown" in text
    assert customer.trial_extensions.count() == 1


def test_an_expired_trial_is_extended_from_now(world: World, editor: Client) -> None:
    customer = onboarded(world, "Contoso", expires_at=clock.now() - timedelta(days=3))
    text = text_of(editor.get(f"/customers/{customer.id}/extend-trial", headers=HTMX))
    assert "Ended" in text and "3 days ago" in text and "14 days from now" in text


def test_what_does_not_apply_is_refused_inside_the_panel(world: World, editor: Client) -> None:
    customer = onboarded(world, "Contoso", account_type=AccountType.PRODUCTION)
    response = editor.get(f"/customers/{customer.id}/extend-trial", headers=HTMX)
    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#panel"
    assert "there is no trial to extend" in text_of(response)


def test_convert_sets_date_sku_and_add_ons(world: World, editor: Client) -> None:
    customer = onboarded(world, "Contoso")
    path = f"/customers/{customer.id}/convert"
    assert 'type="date"' in text_of(editor.get(path, headers=HTMX))
    day = (clock.now() + timedelta(days=365)).date()
    terms = {"expires_on": f"{day}", "sku": "enterprise", "add_ons": ["backup"], "version": "1"}
    assert send(editor, path, **terms).status_code == 204
    customer.refresh_from_db()
    assert customer.account_type == AccountType.PRODUCTION and customer.sku.code == "enterprise"
    assert clock.day_in(customer.expires_at, "Europe/Berlin") == day


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"expires_on": ""}, "Enter a date, like 2026-12-31."),
        ({"expires_on": "2020-01-01"}, "Choose a date that lies in the future."),
        ({"sku": "essentials", "add_ons": ["backup"]}, "Essentials cannot be sold with: backup."),
    ],
)
def test_convert_says_what_is_wrong(
    world: World, editor: Client, fields: dict[str, Any], sentence: str
) -> None:
    customer = onboarded(world, "Contoso")
    terms = {"expires_on": "2099-12-31", "sku": "enterprise", **fields}
    response = send(editor, f"/customers/{customer.id}/convert", **terms)
    assert response.status_code == 422
    assert sentence in text_of(response)


def test_edit_refuses_what_was_made_from_an_old_version(world: World, editor: Client) -> None:
    customer = onboarded(world, "Contoso", account_type=AccountType.PRODUCTION, version=4)
    path = f"/customers/{customer.id}/edit"
    terms = {"expires_on": "2099-12-31", "sku": "enterprise"}
    response = send(editor, path, version="3", **terms)
    assert response.status_code == 412 and 'value="2099-12-31"' in text_of(response)
    assert send(editor, path, version="4", **terms).status_code == 204


def test_suspend_and_resume(world: World, editor: Client) -> None:
    customer = onboarded(world, "Contoso")
    path = f"/customers/{customer.id}"
    assert send(editor, f"{path}/suspend", reason="").status_code == 422
    assert send(editor, f"{path}/suspend", reason="Payment overdue").status_code == 204
    assert "Payment overdue" in text_of(editor.get(f"{path}/resume", headers=HTMX))
    assert send(editor, f"{path}/resume", reason="Payment overdue").status_code == 204
    customer.refresh_from_db()
    assert customer.suspended_reasons == []


def test_resend_revoke_and_cancel(world: World, editor: Client) -> None:
    customer = world.add_customer()
    path = f"/customers/{customer.id}"
    resend = f"{path}/activation-link/resend"
    assert send(editor, resend, notification_email="nobody").status_code == 422
    assert send(editor, resend, notification_email="cto@wideworld.example").status_code == 204
    link = ActivationLink.objects.get()
    assert (link.generation, link.to) == (2, "cto@wideworld.example")
    assert send(editor, f"{path}/activation-link/revoke").status_code == 204
    assert "Activation link revoked" in text_of(editor.get("/customers/pending"))
    assert send(editor, f"{path}/cancel-onboarding").status_code == 204
    assert Onboarding.objects.get().step == Step.CANCELED


def test_of_two_buttons_only_one_says_cancel(world: World, editor: Client) -> None:
    customer, run = importing(world, "Contoso")
    for path, does, leaves in (
        (f"/imports/{run.id}/cancel", "Cancel import", "Keep it running"),
        (f"/customers/{customer.id}/cancel-onboarding", "Cancel onboarding", "Keep it going"),
    ):
        text = text_of(editor.get(path, headers=HTMX))
        assert f">{does}</button>" in text
        assert f"data-close>{leaves}</a>" in text and "data-close>Cancel<" not in text


def test_whom_the_panel_showed_is_approved_and_nobody_else(world: World, editor: Client) -> None:
    customer = world.add_customer()
    path = f"/customers/{customer.id}/approve-sign-in"
    assert editor.get(path, headers=HTMX).status_code == 409
    shown, other = {"tenant_id": str(uuid4()), "admin_oid": str(uuid4())}, str(uuid4())
    Onboarding.objects.update(
        step=Step.AWAITING_APPROVAL,
        approval_reason="guest",
        approval_admin="Gus Guest (gus@partner.example)",
        approval_tenant_id=shown["tenant_id"],
        approval_admin_oid=shown["admin_oid"],
    )
    text = text_of(editor.get(path, headers=HTMX))
    assert "Gus Guest" in text and "is a guest" in text and shown["tenant_id"] in text
    assert send(editor, path).status_code == 422
    assert send(editor, path, **{**shown, "admin_oid": other}).status_code == 409
    assert send(editor, path, **shown).status_code == 204
    assert Onboarding.objects.get().approved_admin_oid == UUID(shown["admin_oid"])


def test_an_import_is_requested_retried_and_canceled(world: World, editor: Client) -> None:
    customer, run = failed(world, "Contoso")
    assert send(editor, f"/imports/{run.id}/retry").status_code == 204
    again = customer.import_runs.get(number=2)
    assert send(editor, f"/imports/{again.id}/cancel").status_code == 204
    response = send(editor, f"/customers/{customer.id}/run-import")
    assert '"to": "/imports/' in response.headers["HX-Trigger"]
    assert send(editor, f"/customers/{customer.id}/run-import").status_code == 409


def test_several_trials_are_tried_first_and_then_extended_one_by_one(
    world: World, editor: Client
) -> None:
    trial, other = onboarded(world, "Contoso"), onboarded(world, "Fabrikam")
    production = onboarded(world, "Northwind", account_type=AccountType.PRODUCTION)
    ids = [str(c.id) for c in (trial, other, production)]
    query = "&".join(f"ids={i}" for i in ids)
    text = text_of(editor.get(f"/customers/extend-trials?{query}", headers=HTMX))
    assert "3 selected, 2 can be extended" in text and "there is no trial to extend" in text
    day = preview_extend_trial(world.editor, trial.id).new_end_day
    suspend(world.editor, other.id, reason="Payment overdue")
    extend_trial(world.editor, other.id, expected_end=day)
    form = {"ids": ids[:2], f"end-{trial.id}": f"{day}", f"end-{other.id}": f"{day}"}
    response = send(editor, "/customers/extend-trials", **form)
    assert "1 trial extended, 1 not." in text_of(response)
    assert trial.trial_extensions.count() == 1
    empty = editor.get("/customers/extend-trials", headers=HTMX)
    assert empty.status_code == 422 and "No customer is selected" in text_of(empty)


PANELS = [
    "extend-trial",
    "convert",
    "suspend",
    "activation-link/resend",
    "activation-link/revoke",
    "approve-sign-in",
    "cancel-onboarding",
    "run-import",
]


@pytest.mark.parametrize("panel", PANELS)
def test_a_viewer_is_told_which_role_is_needed(world: World, viewer: Client, panel: str) -> None:
    customer, _ = importing(world, "Contoso")
    path = f"/customers/{customer.id}/{panel}"
    for response in (viewer.get(path, headers=HTMX), send(viewer, path, reason="x")):
        assert response.status_code == 403
        assert "This needs the editor role" in text_of(response)
    customer.refresh_from_db()
    assert customer.version == 1
