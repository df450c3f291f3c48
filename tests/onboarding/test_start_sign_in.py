"""Start sign-in: where the browser is sent, and what is kept."""

from urllib.parse import parse_qs, urlsplit

import pytest

from pilotage.customers.models import Customer
from pilotage.onboarding.actions.start_sign_in import start_sign_in
from pilotage.onboarding.errors import MicrosoftUnavailable
from pilotage.onboarding.models import RedirectState
from pilotage.onboarding.visitor import admin_of
from tests.onboarding.entra import Browser, Entra
from tests.onboarding.told import the_event


def test_code_flow_with_pkce_state_and_nonce(visit: Browser) -> None:
    session = visit.session
    address = urlsplit(start_sign_in(admin_of(session), session))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert "/organizations/" in address.path
    assert query["response_type"] == "code"
    assert query["code_challenge_method"] == "S256"
    assert query["prompt"] == "select_account"
    assert query["max_age"] == "600"
    assert query["scope"] == "openid profile"
    assert query["redirect_uri"] == "http://localhost:8000/auth/entra/callback"
    kept = RedirectState.objects.get()
    assert query["nonce"] == kept.nonce
    assert kept.code_verifier not in address.query
    assert query["state"] not in (kept.state_sha256, kept.code_verifier)


def test_silent_microsoft_is_told(
    entra: Entra, customer: Customer, visit: Browser, settings: object
) -> None:
    from dataclasses import replace

    nowhere = replace(entra.settings, login_url="https://127.0.0.1:9")
    settings.MICROSOFT = nowhere  # type: ignore[attr-defined]
    with pytest.raises(MicrosoftUnavailable):
        start_sign_in(admin_of(visit.session), visit.session)
    the_event(customer, "activation.refused")
    assert not RedirectState.objects.exists()
