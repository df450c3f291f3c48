"""Disconnect: the tenant's own admin ends it from the activation page."""

import pytest

from pilotage.customers.models import Customer, TenantConnection
from pilotage.imports.models import ImportRun
from pilotage.mail.models import Mail
from pilotage.onboarding.actions.disconnect import disconnect
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.errors import OutOfOrder, WrongTenant
from pilotage.onboarding.models import ActivationSession, Onboarding
from pilotage.onboarding.visitor import admin_of
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, activated, token_for
from tests.onboarding.told import the_event


def test_connection_import_and_link_end(world: World, customer: Customer, tenant: Tenant) -> None:
    visit = activated(customer, tenant)
    assert "End the connection?" in visit.ours.get("/activate/disconnect").content.decode()
    assert TenantConnection.objects.get().released_at is None
    done = visit.ours.post("/activate/disconnect", follow=True)
    assert "The connection is ended" in done.content.decode()
    assert TenantConnection.objects.get().released_at
    assert ImportRun.objects.get().state == "canceled"
    assert Onboarding.objects.get().step == "invited"
    assert Mail.objects.filter(kind="disconnected").count() == 2
    the_event(customer, "activation.disconnected")
    assert Browser().open(token_for(customer)).status_code == 409
    resend_activation_link(world.editor, customer.id)
    activated(customer, tenant)
    assert TenantConnection.objects.filter(released_at=None).count() == 1


def test_only_by_an_admin_of_that_tenant(
    customer: Customer, tenant: Tenant, visit: Browser, evil: Tenant
) -> None:
    with pytest.raises(OutOfOrder):
        disconnect(admin_of(visit.session), visit.session)
    activated(customer, tenant)
    ActivationSession.objects.filter(id=visit.session.id).update(
        admin_tenant_id=evil.tenant_id, admin_oid=evil.oids["admin"]
    )
    with pytest.raises(WrongTenant):
        disconnect(admin_of(visit.session), visit.session)
    assert TenantConnection.objects.get().released_at is None
