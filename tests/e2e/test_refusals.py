"""Each refusal has its page: what happened, for whom, and what to do."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import add_customer, consent, link_in_mail, sign_in_at_microsoft
from tests.e2e.conftest import OpenPage
from tests.e2e.looks import check_accessible
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def domain(stack: Stack) -> str:
    """One tenant for all of them; nobody gets as far as connecting it."""
    return stack.tenant("proseware")


@pytest.fixture
def link(stack: Stack, operator: Page, domain: str, request: pytest.FixtureRequest) -> str:
    """The link of a customer of its own, which expects that tenant."""
    address = f"it-{abs(hash(request.node.name))}@{domain}"
    add_customer(operator, request.node.name[:60], address, domain=domain)
    return link_in_mail(stack, address)


Go = Callable[[Page, str, str], None]
AT_SIGN_IN: dict[str, tuple[int, str, str]] = {
    "wrong_tenant": (403, "admin@{other}", "This is another organization"),
    "not_an_admin": (403, "user@{domain}", "This needs an administrator"),
    "guest": (403, "guest@{domain}", "Waiting for approval"),
}


@pytest.mark.parametrize("reason", AT_SIGN_IN)
def test_at_the_sign_in(
    stack: Stack, open_page: OpenPage, link: str, domain: str, reason: str
) -> None:
    status, account, title = AT_SIGN_IN[reason]
    page = open_page(expected=(status,))
    other = stack.tenant("otherware") if "{other}" in account else ""
    sign_in_at_microsoft(page, link, account.format(domain=domain, other=other))
    _refused(page, title)


def test_a_personal_account(stack: Stack, open_page: OpenPage, link: str) -> None:
    page = open_page(expected=(403,))
    with stack.control.fault("personal_account_passes"):
        sign_in_at_microsoft(page, link, "pat@personal.example")
        _refused(page, "This is a personal account")


def test_declined(open_page: OpenPage, link: str, domain: str) -> None:
    page = open_page(expected=(409,))
    sign_in_at_microsoft(page, link, f"admin@{domain}")
    consent(page, accept=False)
    _refused(page, "Consent was declined")
    expect(page).to_have_url(re.compile(r"/auth/entra/consent$"))


ENDED = {
    "expired": ("expires_at = now()", "This link has expired"),
    "revoked": ("revoked_at = now()", "This link was replaced or taken back"),
    "used": ("used_at = now()", "This organization is connected already"),
}


@pytest.mark.parametrize("how", ENDED)
def test_a_link_that_has_ended(stack: Stack, open_page: OpenPage, link: str, how: str) -> None:
    change, title = ENDED[how]
    public_id = link.partition("#t=pla1_")[2][:22]
    stack.run_sql(f"update onboarding_activationlink set {change} where public_id = %s", public_id)
    page = open_page(expected=(409,))
    page.goto(link)
    _refused(page, title)


def test_a_link_that_never_was(open_page: OpenPage) -> None:
    page = open_page(expected=(404,))
    page.goto(f"/activate#t=pla1_{'A' * 22}_{'B' * 43}")
    _refused(page, "This link does not work")


def test_a_tenant_that_is_taken(
    stack: Stack, operator: Page, open_page: OpenPage, domain: str
) -> None:
    taken = stack.tenant("takenware")
    for name in ("First", "Second"):
        add_customer(operator, f"{name} of two", f"{name.lower()}@{taken}")
    first = open_page()
    sign_in_at_microsoft(first, link_in_mail(stack, f"first@{taken}"), f"admin@{taken}")
    consent(first)
    expect(first.get_by_role("heading", name="First of two is connected")).to_be_visible(
        timeout=40_000
    )
    second = open_page(expected=(409,))
    sign_in_at_microsoft(second, link_in_mail(stack, f"second@{taken}"), f"admin@{taken}")
    _refused(second, "This organization cannot be connected")


def _refused(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    check_accessible(page)
