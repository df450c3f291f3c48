"""A look at a tenant: what is granted, lost, missing, too much; one event and mail per change."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from pilotage.customers.errors import CustomerNotFound
from pilotage.customers.models import ConnectionState, Customer, TenantConnection
from pilotage.imports.collectors.registry import ALL_PERMISSIONS
from pilotage.imports.errors import NotConnected
from pilotage.kernel import clock
from pilotage.kernel.actor import system_actor
from pilotage.kernel.errors import Forbidden
from pilotage.mail.models import Mail
from pilotage.onboarding.actions.probe_connection import probe_connection
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.errors import AlreadyOnboarded
from pilotage.onboarding.models import Onboarding
from pilotage.onboarding.probe import probe
from pilotage.onboarding.probe_due import probe_due
from tests.cast import World
from tests.onboarding.entra import Browser, Tenant, activated, token_for
from tests.onboarding.test_new_consent import end_run
from tests.onboarding.told import events_of, the_event

SYSTEM = system_actor("connections")
HOUR = timedelta(hours=1)


@pytest.fixture
def bound(customer: Customer, tenant: Tenant) -> Customer:
    """A customer on board since an hour."""
    activated(customer, tenant)
    end_run(customer)
    TenantConnection.objects.update(bound_at=clock.now() - HOUR)
    Mail.objects.all().delete()
    return customer


def look(customer: Customer, after: timedelta = timedelta(0)) -> TenantConnection:
    with clock.moved_by(after):
        probe(SYSTEM, customer.id)
    return TenantConnection.objects.get(customer=customer)


def mails() -> list[str]:
    return sorted(Mail.objects.filter(kind="connection_changed").values_list("to", flat=True))


def test_a_well_connection_is_noted_and_told_to_nobody(bound: Customer) -> None:
    seen = look(bound)
    assert (seen.state, seen.missing, seen.extra) == ("connected", [], [])
    assert set(seen.permissions) == ALL_PERMISSIONS
    assert seen.last_probed_at is not None
    assert seen.probe_due_at is not None
    assert seen.probe_due_at > clock.now()
    assert events_of(bound, "connection.changed") == []
    assert mails() == []


def test_missing_permissions_outdate_the_consent_once(
    world: World, bound: Customer, tenant: Tenant
) -> None:
    tenant.consent(sorted(ALL_PERMISSIONS - {"Device.Read.All"}))
    for _ in range(2):
        seen = look(bound)
    assert (seen.state, seen.missing) == ("consent_outdated", ["Device.Read.All"])
    event = the_event(bound, "connection.changed")
    assert event.details["from"] == "connected"
    assert event.details["to"] == "consent_outdated"
    assert event.details["missing"] == ["Device.Read.All"]
    assert mails() == [world.harbour.email]
    tenant.consent()
    assert look(bound).state == ConnectionState.CONNECTED
    assert look(bound).missing == []
    assert len(events_of(bound, "connection.changed")) == 2
    assert len(mails()) == 2


def test_other_permissions_missing_are_a_change_of_their_own(
    bound: Customer, tenant: Tenant
) -> None:
    tenant.consent(sorted(ALL_PERMISSIONS - {"Device.Read.All"}))
    look(bound)
    tenant.consent(sorted(ALL_PERMISSIONS - {"Device.Read.All", "Domain.Read.All"}))
    assert look(bound).missing == ["Device.Read.All", "Domain.Read.All"]
    assert len(events_of(bound, "connection.changed")) == 2


def test_a_lost_consent_takes_two_looks(world: World, bound: Customer, tenant: Tenant) -> None:
    tenant.revoke()
    first = look(bound)
    assert first.state == ConnectionState.CONNECTED
    assert first.last_error_code
    assert first.last_request_id
    (job,) = ProcrastinateJob.objects.filter(task_name="probe_connection", status="todo")
    assert job.scheduled_at is not None
    assert look(bound, timedelta(seconds=5)).state == ConnectionState.CONNECTED
    seen = look(bound, timedelta(seconds=16))
    assert seen.state == ConnectionState.REVOKED
    assert the_event(bound, "connection.changed").details["to"] == "revoked"
    assert mails() == sorted([world.harbour.email, bound.notification_email])


def test_a_consent_that_was_gone_for_seconds_is_not_lost(bound: Customer, tenant: Tenant) -> None:
    tenant.revoke()
    look(bound)
    tenant.consent()
    look(bound, timedelta(seconds=16))
    tenant.revoke()
    assert look(bound, timedelta(seconds=20)).state == ConnectionState.CONNECTED


def test_more_than_asked_for_is_told_once(bound: Customer, tenant: Tenant) -> None:
    tenant.consent([*ALL_PERMISSIONS, "Mail.Send"])
    for _ in range(2):
        seen = look(bound)
    assert (seen.state, seen.extra) == ("connected", ["Mail.Send"])
    assert the_event(bound, "connection.extra_permissions").details == {"extra": ["Mail.Send"]}


def test_an_outage_degrades_after_an_hour_and_goes_by_itself(
    world: World, bound: Customer, tenant: Tenant
) -> None:
    match = {"tenant_id": str(tenant.tenant_id)}
    refusal = {"kind": "login_error", "match": match, "options": {"code": 53003}}
    made = tenant.control.call("POST", "/faults", refusal)
    for minutes, state in ((0, "connected"), (30, "connected"), (61, "degraded"), (95, "degraded")):
        assert look(bound, timedelta(minutes=minutes)).state == state
    assert mails() == [world.harbour.email]
    with pytest.raises(AlreadyOnboarded):
        resend_activation_link(world.editor, bound.id)
    tenant.control.call("DELETE", f"/faults/{made['id']}")
    seen = look(bound, timedelta(hours=2))
    assert (seen.state, seen.failures, seen.last_error_code) == ("connected", 0, "")
    assert [e.details["to"] for e in events_of(bound, "connection.changed")] == [
        "degraded",
        "connected",
    ]


def test_a_new_consent_mends_it_and_the_onboarding_stays_completed(
    world: World, bound: Customer, tenant: Tenant, evil: Tenant
) -> None:
    tenant.consent(sorted(ALL_PERMISSIONS - {"Device.Read.All"}))
    look(bound)
    resend_activation_link(world.editor, bound.id)
    wrong = Browser()
    wrong.open(token_for(bound))
    assert wrong.sign_in(evil.person("admin")).status_code == 403
    activated(bound, tenant)
    held = TenantConnection.objects.get(customer=bound)
    assert (held.state, held.missing) == ("connected", [])
    assert Onboarding.objects.get().step == "completed"
    last = events_of(bound, "connection.changed")[-1]
    assert (last.details["from"], last.details["to"]) == ("consent_outdated", "connected")
    assert len(mails()) == 1, "the binding has its own mail"


def test_check_connection_asks_the_worker_once(world: World, bound: Customer) -> None:
    for _ in range(2):
        assert probe_connection(world.editor, bound.id).probe_requested_at is not None
    assert ProcrastinateJob.objects.filter(task_name="probe_connection").count() == 1
    assert the_event(bound, "connection.check_requested").actor_id == world.editor.id
    assert look(bound).probe_requested_at is None


def test_who_may_check(world: World, bound: Customer, tenant: Tenant) -> None:
    with pytest.raises(Forbidden):
        probe_connection(world.viewer, bound.id)
    with pytest.raises(CustomerNotFound):
        probe_connection(world.stranger, bound.id)
    with pytest.raises(NotConnected):
        probe_connection(world.editor, world.add_customer().id)


def test_the_daily_round_looks_at_what_is_due(bound: Customer) -> None:
    never = lambda: False  # noqa: E731
    assert probe_due(SYSTEM, should_stop=never) == 0
    with clock.moved_by(timedelta(hours=25)):
        assert probe_due(SYSTEM, should_stop=lambda: True) == 0
        assert probe_due(SYSTEM, should_stop=never) == 1
        assert probe_due(SYSTEM, should_stop=never) == 0
    Customer.objects.update(suspended_reasons=["unpaid"])
    with clock.moved_by(timedelta(hours=50)):
        assert probe_due(SYSTEM, should_stop=never) == 0
