"""Finish onboarding: what the end of the first import means."""

from uuid import UUID

import pytest

from pilotage.customers.models import Customer
from pilotage.imports.models import ImportRun, RunState
from pilotage.kernel.actor import system_actor
from pilotage.mail.models import Mail
from pilotage.onboarding.actions.finish_onboarding import finish_onboarding
from pilotage.onboarding.models import Onboarding
from tests.onboarding.entra import Tenant, activated
from tests.onboarding.told import events_of, the_event


@pytest.fixture
def run_id(customer: Customer, tenant: Tenant) -> UUID:
    activated(customer, tenant)
    return ImportRun.objects.get().id


def finish(customer: Customer, run_id: UUID, state: str) -> None:
    ImportRun.objects.filter(id=run_id).update(state=state)
    finish_onboarding(system_actor("test"), customer.id, run_id)


@pytest.mark.parametrize("state", [RunState.SUCCEEDED, RunState.PARTIALLY_SUCCEEDED])
def test_good_end_brings_the_customer_on_board_once(
    customer: Customer, run_id: UUID, state: str
) -> None:
    for _ in range(2):
        finish(customer, run_id, state)
    customer.refresh_from_db()
    assert customer.onboarded_at
    assert Onboarding.objects.get().step == "completed"
    the_event(customer, "customer.onboarded")
    assert Mail.objects.filter(kind="onboarded").count() == 2


def test_a_run_that_goes_on_changes_nothing(customer: Customer, run_id: UUID) -> None:
    finish(customer, run_id, RunState.RUNNING)
    assert Onboarding.objects.get().step == "importing"
    assert not events_of(customer, "customer.onboarded")


def test_bad_end_leaves_it_pending_until_a_good_one(customer: Customer, run_id: UUID) -> None:
    finish(customer, run_id, RunState.FAILED)
    assert Onboarding.objects.get().step == "import_failed"
    finish(customer, run_id, RunState.SUCCEEDED)
    assert Onboarding.objects.get().step == "completed"
    finish(customer, run_id, RunState.FAILED)
    assert Onboarding.objects.get().step == "completed"
