"""Proof of consent: the token, the tenant's own id, and the administrator's role."""

import hashlib
from uuid import uuid4

import pytest

from pilotage.microsoft.graph.errors import PermissionMissing
from pilotage.microsoft.identity.errors import ServicePrincipalMissing
from pilotage.microsoft.identity.payload import payload_of
from pilotage.microsoft.proof import MissingPermissions, NotAnAdministrator, prove_access
from tests.microsoft.stage import ROLES, Stage


def test_proof_names_the_tenant(stage: Stage) -> None:
    proof = prove_access(stage.settings, stage.tenant_id, ROLES.difference, stage.oid("admin"))
    assert proof.tenant_id == stage.tenant_id
    assert proof.display_name == "Harbour Foods"
    assert proof.default_domain == stage.domain
    assert stage.domain in proof.verified_domains
    assert proof.initial_domain.endswith(".onmicrosoft.com")
    assert proof.roles == ROLES
    assert proof.is_roles_readable
    assert len(proof.uti_sha256) == len(hashlib.sha256().hexdigest())


def test_privileged_role_administrator_may_consent_too(stage: Stage) -> None:
    assert prove_access(stage.settings, stage.tenant_id, ROLES.difference, stage.oid("pra"))


@pytest.mark.parametrize("name", ["user", "appadmin"])
def test_others_of_a_consented_tenant_may_not(stage: Stage, name: str) -> None:
    with pytest.raises(NotAnAdministrator):
        prove_access(stage.settings, stage.tenant_id, ROLES.difference, stage.oid(name))


def test_stranger_to_the_tenant_may_not(stage: Stage) -> None:
    with pytest.raises(NotAnAdministrator):
        prove_access(stage.settings, stage.tenant_id, ROLES.difference, uuid4())


def test_admin_of_another_tenant_may_not(stage: Stage) -> None:
    other = stage.another_tenant()
    with pytest.raises(NotAnAdministrator):
        prove_access(stage.settings, other.tenant_id, ROLES.difference, stage.oid("admin"))


def test_without_a_person_only_the_consent_is_proven(stage: Stage) -> None:
    assert prove_access(stage.settings, stage.tenant_id, ROLES.difference, None).roles == ROLES


def test_missing_permissions_are_listed(stage: Stage) -> None:
    stage.consent(["User.Read.All", "Organization.Read.All"])
    with pytest.raises(MissingPermissions) as caught:
        prove_access(stage.settings, stage.tenant_id, ROLES.difference, None)
    assert caught.value.missing == ROLES - {"User.Read.All", "Organization.Read.All"}
    assert caught.value.details["missing"] == sorted(caught.value.missing)
    assert caught.value.is_propagation


def test_tenant_without_consent_is_refused(stage: Stage) -> None:
    stage.revoke()
    with pytest.raises(ServicePrincipalMissing) as caught:
        prove_access(stage.settings, stage.tenant_id, ROLES.difference, stage.oid("admin"))
    assert caught.value.is_propagation


def test_refused_organization_is_no_proof(stage: Stage) -> None:
    match = {"tenant_id": str(stage.tenant_id), "path": r"^/v1\.0/organization"}
    with (
        stage.control.fault("permission_missing", match=match),
        pytest.raises(PermissionMissing),
    ):
        prove_access(stage.settings, stage.tenant_id, ROLES.difference, None)


@pytest.mark.parametrize("refused", [1, 2])
def test_roles_are_asked_for_in_other_ways(stage: Stage, refused: int) -> None:
    """Where the cast is an advanced query, and where there is no cast."""
    match = {"tenant_id": str(stage.tenant_id), "path": "microsoft.graph.directoryRole"}
    options = {"status": 400, "code": "Request_UnsupportedQuery"}
    with stage.control.fault("graph_error", match=match, options=options, times=refused):
        assert prove_access(stage.settings, stage.tenant_id, ROLES.difference, stage.oid("admin"))
    with (
        stage.control.fault("graph_error", match=match, options=options, times=refused),
        pytest.raises(NotAnAdministrator),
    ):
        prove_access(stage.settings, stage.tenant_id, ROLES.difference, stage.oid("user"))


@pytest.mark.parametrize(
    "token", ["", "opaque", "a.b", "a.b.c", "a.W10.c", "é.é.é", "a.bm90IGpzb24.c"]
)
def test_opaque_token_has_no_claims(token: str) -> None:
    assert payload_of(token) == {}
