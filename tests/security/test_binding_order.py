"""The steps in any order: only the protocol's own order binds a tenant."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.customers.models import Customer, TenantConnection
from pilotage.onboarding.models import Onboarding
from tests.onboarding.entra import (
    CONSENT_RETURN,
    SIGN_IN_RETURN,
    Browser,
    Query,
    Tenant,
    token_for,
    work,
)
from tests.security.untouched import BEYOND

STEPS = ["open", "leave_to_sign_in", "return_signed_in", "leave_to_consent", "return_consented"]
ORDERS = st.lists(st.sampled_from([*STEPS, "work"]), min_size=3, max_size=9)


class Steps:
    """One browser that takes steps in any order; what it lacks for one it makes up."""

    def __init__(self, customer: Customer, tenant: Tenant) -> None:
        self.browser, self.tenant = Browser(), tenant
        self.token = token_for(customer)
        self.signed_in: Query = {"code": "x", "state": "x"}
        self.consented: Query = {"admin_consent": "True", "state": "x"}

    def take(self, step: str) -> None:
        getattr(self, step)()

    def open(self) -> None:
        self.browser.open(self.token)

    def leave_to_sign_in(self) -> None:
        if self.browser.ours.post("/activate/sign-in").status_code == 200:
            self.signed_in = self.browser.fetch_code(self.tenant.person("admin"))

    def return_signed_in(self) -> None:
        self.browser.ours.get(SIGN_IN_RETURN, self.signed_in)

    def leave_to_consent(self) -> None:
        if self.browser.ours.post("/activate/consent").status_code == 200:
            self.consented = self.browser.fetch_consent(self.tenant.person("admin"))

    def return_consented(self) -> None:
        self.browser.ours.get(CONSENT_RETURN, self.consented)

    def work(self) -> None:
        work()


def follows_the_protocol(order: list[str]) -> bool:
    """A model of its own: whether the steps, one after the other, lead to a proven consent."""
    has_session = out = back = asked = returned = False
    for step in order:
        if step == "open":
            has_session, out, back, asked, returned = True, False, False, False, returned
        elif step == "leave_to_sign_in" and has_session:
            out = True
        elif step == "return_signed_in" and out:
            out, back, asked, returned = False, True, False, False
        elif step == "leave_to_consent" and back:
            asked = True
        elif step == "return_consented" and asked:
            asked, returned = False, True
        elif step == "work" and returned:
            return True
    return False


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=ORDERS)
def test_any_order(customer: Customer, tenant: Tenant, order: list[str]) -> None:
    tenant.revoke()
    with transaction.atomic():
        steps = Steps(customer, tenant)
        for step in order:
            steps.take(step)
        is_bound = TenantConnection.objects.exists()
        assert is_bound == follows_the_protocol(order)
        if "return_consented" not in order:
            assert Onboarding.objects.get(customer=customer).step not in BEYOND
        transaction.set_rollback(True)


@pytest.mark.parametrize("left_out", STEPS)
def test_no_step_can_be_left_out(customer: Customer, tenant: Tenant, left_out: str) -> None:
    steps = Steps(customer, tenant)
    for step in [*STEPS, "work"]:
        if step != left_out:
            steps.take(step)
    assert not TenantConnection.objects.exists()
    assert Onboarding.objects.get(customer=customer).step not in BEYOND


def test_the_right_order_binds(customer: Customer, tenant: Tenant) -> None:
    steps = Steps(customer, tenant)
    for step in [*STEPS, "work"]:
        steps.take(step)
    assert TenantConnection.objects.get().tenant_id == tenant.tenant_id
