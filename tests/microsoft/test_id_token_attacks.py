"""Forged and tampered id tokens: every one is refused, and says in one word why."""

import time
from datetime import timedelta
from typing import Any

import pytest

from pilotage.kernel import clock
from pilotage.microsoft.identity import errors
from tests.microsoft.stage import Stage, finished, sign_in

HOUR = 3_600


def claims(**changed: Any) -> dict[str, Any]:
    return {"claims": changed}


def without(*names: str) -> dict[str, Any]:
    return {"remove": list(names)}


def ago(seconds: float) -> int:
    return int(time.time() - seconds)


FORGERIES: dict[str, tuple[dict[str, Any], str]] = {
    "unsigned": ({"alg": "none"}, "algorithm"),
    "HS256 with the public key": ({"alg": "HS256"}, "algorithm"),
    "signed by somebody else": ({"key": "foreign"}, "signature"),
    "signed by somebody else, under another name": ({"key": "foreign", "kid": "x"}, "key_unknown"),
    "key name of nobody": ({"kid": "no-such-key"}, "key_unknown"),
    "for another application": (claims(aud="00000003-0000-0000-c000-000000000000"), "audience"),
    "for two applications": (claims(aud=["a", "b"]), "audience"),
    "without audience": (without("aud"), "audience"),
    "of another issuer": (claims(iss="https://login.evil.example/x/v2.0"), "issuer"),
    "of Microsoft's v1 issuer": (claims(iss="https://sts.windows.net/x/"), "issuer"),
    "with the template as issuer": (claims(iss="https://localhost/{tenantid}/v2.0"), "issuer"),
    "without issuer": (without("iss"), "issuer"),
    "tenant of somebody else": (claims(tid="11111111-2222-4333-8444-555555555555"), "issuer"),
    "without tenant": (without("tid"), "tenant"),
    "tenant that is no GUID": (claims(tid="contoso.onmicrosoft.com"), "tenant"),
    "tenant with a path": (claims(tid="../organizations"), "tenant"),
    "tenant that is a number": (claims(tid=7), "tenant"),
    "another sign-in's nonce": (claims(nonce="another"), "nonce"),
    "empty nonce": (claims(nonce=""), "nonce"),
    "without nonce": (without("nonce"), "nonce"),
    "expired": (claims(exp=ago(130)), "expired"),
    "without end": (without("exp"), "time_missing"),
    "end that is a text": (claims(exp="2099-01-01"), "time_malformed"),
    "end that is true": (claims(exp=True), "time_malformed"),
    "not valid yet": (claims(nbf=ago(-HOUR)), "not_yet_valid"),
    "issued in the future": (claims(iat=ago(-HOUR)), "not_yet_valid"),
    "without time of issue": (without("iat"), "time_missing"),
    "of a sign-in that is long ago": (claims(auth_time=ago(HOUR)), "sign_in_too_old"),
    "without object id": (without("oid"), "object_id"),
    "object id that is a name": (claims(oid="admin"), "object_id"),
    "without subject": (without("sub"), "subject"),
    "of version 1": (claims(ver="1.0"), "version"),
    "larger than any honest one": (claims(padding="x" * 40_000), "too_large"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_forgery_is_refused(stage: Stage, name: str) -> None:
    options, reason = FORGERIES[name]
    assert refusal(stage, options).reason == reason


def test_tenant_in_capital_letters_is_refused(stage: Stage) -> None:
    assert refusal(stage, claims(tid=str(stage.tenant_id).upper())).reason == "tenant"


def test_tenant_of_personal_accounts_is_refused(stage: Stage) -> None:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    options = claims(tid="9188040d-6c67-4c5b-b112-36a304b66dad")
    with (
        stage.control.fault("tamper_id_token", options=options),
        pytest.raises(errors.PersonalAccount),
    ):
        finished(stage.settings, start, answer)


def test_clocks_may_differ_by_two_minutes(stage: Stage) -> None:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    options = claims(exp=ago(100), nbf=ago(-100), iat=ago(-100))
    with stage.control.fault("tamper_id_token", options=options):
        assert finished(stage.settings, start, answer).tid == stage.tenant_id


def test_token_is_judged_by_the_moment_given(stage: Stage) -> None:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    with pytest.raises(errors.TokenRejected) as caught:
        finished(stage.settings, start, answer, now=clock.now() + timedelta(hours=2))
    assert caught.value.reason == "expired"


def test_new_signing_key_is_fetched(stage: Stage) -> None:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    finished(stage.settings, start, answer)
    stage.control.call("POST", "/keys/rotate", {"retire_old": False})
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    assert finished(stage.settings, start, answer).tid == stage.tenant_id


def refusal(stage: Stage, options: dict[str, Any]) -> errors.TokenRejected:
    start, answer = sign_in(stage, f"admin@{stage.domain}")
    match = {"client_id": stage.settings.signin_client_id}
    with (
        stage.control.fault("tamper_id_token", match=match, options=options),
        pytest.raises(errors.TokenRejected) as caught,
    ):
        finished(stage.settings, start, answer)
    return caught.value
