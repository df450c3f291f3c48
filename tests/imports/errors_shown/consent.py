"""The tenant and its consent."""

from pilotage.imports.models import ImportRun
from pilotage.imports.run.drive import drive
from tests.imports.errors_shown.case import (
    DEVICES,
    Case,
    Scene,
    of_graph,
    of_graph_for_all,
    of_sign_in,
)


def _without_devices(scene: Scene) -> None:
    scene.stage.consent(
        roles=["Organization.Read.All", "Domain.Read.All", "User.Read.All",
               "GroupMember.Read.All", "RoleManagement.Read.Directory", "Application.Read.All",
               "AdministrativeUnit.Read.All", "AuditLog.Read.All"]
    )  # fmt: skip


def _without_licence(scene: Scene) -> None:
    scene.fault("missing_licence", DEVICES)


def _revoked(scene: Scene) -> None:
    scene.stage.revoke()


def _lost_in_the_middle(scene: Scene) -> ImportRun:
    run = scene.stage.request()
    drive(run.id, should_stop=lambda: True)
    scene.fault("revoked_consent")
    return scene.stage.run(run)


CASES = [
    of_sign_in("consent_missing", 65001),
    of_sign_in("application_not_in_tenant", 700016),
    Case("service_principal_missing", _revoked, collector=""),
    of_graph_for_all(
        "consent_revoked", 401, "Authorization_IdentityNotFound", "The identity is not found."
    ),
    of_graph_for_all(
        "identity_disabled", 403, "Authorization_IdentityDisabled", "The identity is disabled."
    ),
    of_sign_in("graph_not_in_tenant", 500011),
    of_sign_in("graph_disabled_in_tenant", 500014),
    Case("permission_missing", _without_devices),
    of_sign_in("conditional_access_blocks", 53003),
    of_graph_for_all(
        "claims_challenge", 401, "InvalidAuthenticationToken",
        "Continuous access evaluation resulted in challenge.",
        headers={"www-authenticate": 'Bearer error="insufficient_claims", claims="e30="'},
    ),
    Case("licence_missing", _without_licence),
    of_graph("payment_required", 402, "PaymentRequired"),
    of_sign_in("tenant_not_found", 90002),
    of_sign_in("tenant_blocked", 5000225),
    of_graph_for_all(
        "directory_not_found", 404, "Directory_ObjectNotFound",
        "Unable to read the company information from the directory.",
    ),
    Case("propagation", _revoked, collector="organization", is_recent=True),
    Case("consent_in_doubt", _lost_in_the_middle, collector="?", is_recent=True),
]  # fmt: skip
