"""This installation's application at Microsoft."""

from typing import Any

from tests.imports.errors_shown.case import Case, Play, Scene, of_sign_in
from tests.imports.errors_shown.network import odd_discovery, sign_in_by
from tests.microsoft.conftest import certificate_pem


def _with_certificate(pem: str) -> Play:
    return lambda scene: scene.set_microsoft(import_certificate=pem, import_client_secret="")


def _wrong_secret(scene: Scene) -> None:
    scene.set_microsoft(import_client_secret="not-the-secret")


def _odd_discovery(scene: Scene) -> None:
    sign_in_by(scene, odd_discovery)


def _another_tenant(scene: Scene) -> None:
    scene.fault("token_of_another_tenant")


def _own(code: str, play: Any) -> Case:
    return Case(code, play, collector="", is_microsofts=False)


CASES = [
    of_sign_in("identity_unavailable", 90033),
    of_sign_in("identity_throttled", 90055),
    of_sign_in("application_disabled", 7000112),
    of_sign_in("application_misconfigured", 9002313),
    of_sign_in("scope_refused", 1002012),
    of_sign_in("credential_missing", 7000216),
    Case("secret_wrong", _wrong_secret, collector=""),
    of_sign_in("secret_expired", 7000222),
    Case("certificate_rejected", _with_certificate(certificate_pem()), collector=""),
    _own("certificate_expired", _with_certificate(certificate_pem(-1, start_days=-9))),
    _own("certificate_unreadable", _with_certificate("no PEM at all")),
    _own("certificate_not_yet_valid", _with_certificate(certificate_pem(9, start_days=1))),
    of_sign_in("assertion_outside_its_time", 700024),
    _own("discovery_unusable", _odd_discovery),
    _own("token_of_another_tenant", _another_tenant),
    of_sign_in("identity_error", 50196),
]
