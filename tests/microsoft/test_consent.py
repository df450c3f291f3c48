"""The consent page: going there, and reading what comes back without believing it."""

from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from pilotage.microsoft.identity import ConsentOutcome, consent_answer, consent_url
from pilotage.microsoft.identity.browser import browser_url
from tests.conftest import Running
from tests.microsoft.stage import CONSENT_REDIRECT, Stage, browser, came_back, press


def test_admin_accepts(stage: Stage) -> None:
    url = address(stage)
    person = browser()
    press(person, url, account=f"admin@{stage.domain}")
    answer = consent_answer(
        came_back(
            person.post(
                url,
                data={"action": "accept", "account": f"admin@{stage.domain}"},
                allow_redirects=False,
                timeout=10,
            )
        )
    )
    assert answer.outcome is ConsentOutcome.GRANTED
    assert answer.tenant_id == stage.tenant_id
    assert answer.state == "st4te"


def test_admin_cancels(stage: Stage) -> None:
    answer = consent_answer(press(browser(), address(stage), action="cancel"))
    assert answer.outcome is ConsentOutcome.DECLINED
    assert answer.state == "st4te"
    assert answer.evidence.aadsts == "AADSTS65004"


def test_address_names_the_verified_tenant_and_all_permissions(stage: Stage) -> None:
    parts = urlsplit(address(stage))
    assert parts.path == f"/{stage.tenant_id}/v2.0/adminconsent"
    assert {name: values[0] for name, values in parse_qs(parts.query).items()} == {
        "client_id": stage.settings.import_client_id,
        "scope": "https://graph.microsoft.com/.default",
        "redirect_uri": CONSENT_REDIRECT,
        "state": "st4te",
    }


def test_people_are_sent_to_the_simulators_browser_pages(stage: Stage, simulator: Running) -> None:
    assert browser_url(stage.settings) == simulator["browser_url"]


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        ({"admin_consent": "True", "tenant": "x"}, ConsentOutcome.GRANTED),
        ({"error": "access_denied", "error_subcode": "cancel"}, ConsentOutcome.DECLINED),
        ({"error": "permission_denied"}, ConsentOutcome.DECLINED),
        (
            {
                "admin_consent": "True",
                "error": "consent_required",
                "error_description": "AADSTS65004: The resource owner denied the request.",
            },
            ConsentOutcome.DECLINED,
        ),
        (
            {"error": "access_denied", "error_description": "AADSTS90094: needs an admin."},
            ConsentOutcome.NEEDS_APPROVAL,
        ),
        (
            {"error": "invalid_client", "error_description": "AADSTS650051: …"},
            ConsentOutcome.FAILED,
        ),
        ({"error": "server_error"}, ConsentOutcome.FAILED),
        ({"error": "something_new"}, ConsentOutcome.FAILED),
    ],
)
def test_every_error_wins_over_admin_consent(
    query: dict[str, str], outcome: ConsentOutcome
) -> None:
    assert consent_answer(query).outcome is outcome


def test_tenant_that_is_no_id_is_none() -> None:
    assert consent_answer({"tenant": "contoso.com", "state": "s"}).tenant_id is None
    known = "9d9f1a70-5a4f-4c4b-8a43-1b62a3f1a111"
    assert consent_answer({"tenant": known}).tenant_id == UUID(known)


def address(stage: Stage) -> str:
    return consent_url(
        stage.settings,
        tenant_id=stage.tenant_id,
        redirect_uri=CONSENT_REDIRECT,
        state="st4te",
    )
