"""An administrator signs in: the whole code flow through the simulator's pages."""

from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.identity import can_consent, errors, sign_in_refusal, start_sign_in
from tests.microsoft.stage import REDIRECT, Stage, browser, finished, press, sign_in


def test_admin_is_who_microsoft_says(stage: Stage) -> None:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    assert answer["state"] == start.state
    admin = finished(stage.settings, start, answer)
    assert admin.tid == stage.tenant_id
    assert admin.oid == stage.oid("admin")
    assert admin.username == f"admin@{stage.domain}"
    assert admin.name
    assert admin.uti
    assert can_consent(admin)
    assert not admin.is_guest


@pytest.mark.parametrize(
    ("name", "may"), [("admin", True), ("pra", True), ("appadmin", False), ("user", False)]
)
def test_only_two_roles_can_consent(stage: Stage, name: str, may: bool) -> None:
    start, answer = sign_in(stage, f"{name}@{stage.domain}")
    assert can_consent(finished(stage.settings, start, answer)) is may


def test_guest_is_told_apart(stage: Stage) -> None:
    start, answer = sign_in(stage, f"guest@{stage.domain}")
    admin = finished(stage.settings, start, answer)
    assert admin.is_guest
    assert admin.idp


def test_address_asks_for_no_more_than_it_must(stage: Stage) -> None:
    start = start_sign_in(stage.settings, redirect_uri=REDIRECT, domain_hint=stage.domain)
    parts = urlsplit(start.url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert parts.path == "/organizations/oauth2/v2.0/authorize"
    assert query.pop("code_challenge") not in {"", start.verifier}
    assert query == {
        "client_id": stage.settings.signin_client_id,
        "response_type": "code",
        "redirect_uri": REDIRECT,
        "response_mode": "query",
        "scope": "openid profile",
        "state": start.state,
        "nonce": start.nonce,
        "code_challenge_method": "S256",
        "prompt": "select_account",
        "max_age": "600",
        "domain_hint": stage.domain,
    }
    # 256 bits in base64url have 43 characters, and no two are alike.
    assert {len(value) for value in (start.state, start.nonce, start.verifier)} == {43}
    again = start_sign_in(stage.settings, redirect_uri=REDIRECT)
    assert not {start.state, start.nonce, start.verifier} & {again.state, again.nonce}
    assert start.verifier not in repr(start)


def test_code_works_once(stage: Stage) -> None:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    finished(stage.settings, start, answer)
    with pytest.raises(errors.CodeAlreadyUsed) as caught:
        finished(stage.settings, start, answer)
    assert caught.value.details["aadsts"] == "AADSTS54005"
    assert caught.value.evidence.trace_id
    assert caught.value.evidence.correlation_id


def test_stolen_code_is_useless_without_the_verifier(stage: Stage) -> None:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    other = start_sign_in(stage.settings, redirect_uri=REDIRECT)
    with pytest.raises(errors.ApplicationMisconfigured) as caught:
        finished(stage.settings, start, answer, verifier=other.verifier)
    assert caught.value.details["aadsts"] == "AADSTS501481"


def test_other_redirect_address_is_refused(stage: Stage) -> None:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    with pytest.raises(errors.ApplicationMisconfigured):
        finished(stage.settings, start, answer, redirect_uri="https://evil.example/callback")


def test_wrong_client_secret_is_named(stage: Stage) -> None:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    settings = stage.with_settings(signin_client_secret="not-the-secret")
    with pytest.raises(errors.SecretWrong):
        finished(settings, start, answer)


def test_cancel_comes_back_as_declined(stage: Stage) -> None:
    start = start_sign_in(stage.settings, redirect_uri=REDIRECT)
    answer = press(browser(), start.url, action="cancel")
    assert answer["state"] == start.state
    assert isinstance(sign_in_refusal(answer), errors.SignInDeclined)


def test_answer_without_error_is_no_refusal() -> None:
    assert sign_in_refusal({"code": "x", "state": "y"}) is None


def test_personal_account_is_refused_by_us_as_well(stage: Stage) -> None:
    with stage.control.fault("personal_account_passes"):
        start = start_sign_in(stage.settings, redirect_uri=REDIRECT)
        page = browser().get(start.url, timeout=10).text
        login = page.split("Personal accounts")[1].split('name="account" value="')[1].split('"')[0]
        answer = press(browser(), start.url, account=login)
        with pytest.raises(errors.PersonalAccount):
            finished(stage.settings, start, answer)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (70008, errors.CodeExpired),
        (50020, errors.AccountNotInTenant),
        (50034, errors.AccountNotInTenant),
        (90094, errors.AdminApprovalNeeded),
        (7000222, errors.SecretExpired),
        (90033, errors.IdentityUnavailable),
        (53003, errors.ConditionalAccessBlocks),
        (99999999, errors.IdentityError),
    ],
)
def test_each_refusal_of_the_token_endpoint_has_a_name(
    stage: Stage, code: int, kind: type[MicrosoftError]
) -> None:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    match = {"client_id": stage.settings.signin_client_id}
    with (
        stage.control.fault("login_error", match=match, options={"code": code}),
        pytest.raises(kind) as caught,
    ):
        finished(stage.settings, start, answer)
    assert type(caught.value) is kind
    assert caught.value.details["aadsts"] == f"AADSTS{code}"


def test_account_ids_are_the_directorys(stage: Stage) -> None:
    start, answer = sign_in(stage, f"user@{stage.domain}")
    admin = finished(stage.settings, start, answer)
    found = stage.client().get(f"/users/{admin.oid}", params={"$select": "id,userPrincipalName"})
    assert found.decode(dict[str, str])["userPrincipalName"] == admin.username
    assert isinstance(admin.oid, UUID)
