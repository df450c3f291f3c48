"""The main trip: from Add customer to the moved row, then extend, convert and edit."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import act, add_customer, consent, link_in_mail, row, sign_in_at_microsoft
from tests.e2e.conftest import OpenPage
from tests.e2e.looks import check_accessible
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
NAME = "Wide World Importers"


def test_the_whole_trip(stack: Stack, operator: Page, open_page: OpenPage) -> None:
    domain = stack.tenant("wideworld", users=400)
    admin = f"admin@{domain}"
    add_customer(operator, NAME, admin, add_on="Backup", domain=domain)
    expect(operator.locator(".toast")).to_contain_text(f"The activation link goes to {admin}")
    # Only this customer, so that the end of its import is the end of all that moves.
    operator.get_by_label("Search customers").fill(NAME)
    expect(operator.get_by_role("link", name="Clear")).to_be_visible()
    expect(row(operator, NAME)).to_contain_text("Activation link sent")

    _copy_link(operator, stack)
    customer = open_page()
    _activate(customer, link_in_mail(stack, admin), admin)

    # The list has not been touched: it follows by itself, and says when the row has moved.
    expect(operator.locator(".toast")).to_contain_text(f"{NAME} is on board", timeout=60_000)
    expect(row(operator, NAME)).to_have_count(0)
    expect(customer.get_by_role("heading", name=f"{NAME} is connected")).to_be_visible()
    expect(customer.locator("[data-live]")).to_have_count(0)
    expect(operator.locator("[data-live]")).to_have_count(0)

    operator.get_by_role("link", name="Customers", exact=True).last.click()
    expect(row(operator, NAME)).to_contain_text("Trial")
    expect(row(operator, NAME)).to_contain_text(domain)
    _extend(operator)
    _convert(operator)
    _edit(operator)
    _look_at_the_customer(operator, domain)


def _copy_link(operator: Page, stack: Stack) -> None:
    button = row(operator, NAME).locator("[data-copy] button")
    button.click()
    expect(button).to_contain_text("Copied")
    copied = operator.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{stack.url}/activate#t=pla1_")


def _activate(customer: Page, link: str, admin: str) -> None:
    sign_in_at_microsoft(customer, link, admin)
    expect(customer.get_by_role("heading", name="Is this the right organization?")).to_be_visible()
    expect(customer.get_by_text(admin).first).to_be_visible()
    consent(customer)
    customer.wait_for_url("**/activate/progress")


def _extend(page: Page) -> None:
    panel = act(page, NAME, "Extend trial")
    ends = datetime.now(UTC) + timedelta(days=28)
    expect(panel.locator(".when")).to_contain_text("+14 days")
    days = {f"{ends + timedelta(days=d):%-d %b %Y}" for d in (-1, 0, 1)}
    shown = panel.locator(".when b").last.inner_text()
    assert shown in days
    panel.get_by_label("Reason").fill("Waiting for board approval")
    panel.get_by_role("button", name="Submit").click()
    expect(page.locator(".toast")).to_contain_text(f"Trial of {NAME} extended to {shown}.")
    expect(row(page, NAME)).to_contain_text(shown)
    expect(page.get_by_role("button", name=f"Actions for {NAME}")).to_be_focused()


def _convert(page: Page) -> None:
    panel = act(page, NAME, "Convert to production account")
    panel.get_by_label("Expiration date").fill("2020-01-01")
    panel.get_by_role("button", name="Convert").click()
    expect(panel.get_by_text("Choose a date that lies in the future.")).to_be_visible()
    panel.get_by_label("Expiration date").fill("2031-03-04")
    panel.get_by_label("Education").check()
    expect(panel.get_by_label("Backup")).to_have_count(0)
    panel.get_by_role("button", name="Convert").click()
    expect(row(page, NAME)).to_contain_text("Production")
    expect(row(page, NAME)).to_contain_text("4 Mar 2031")
    expect(row(page, NAME)).to_contain_text("Education")


def _edit(page: Page) -> None:
    page.get_by_role("button", name=f"Actions for {NAME}").click()
    disabled = page.locator("#menu").get_by_role("button", name="Extend trial")
    expect(disabled).to_have_attribute("aria-disabled", "true")
    expect(disabled).to_contain_text("there is no trial to extend")
    page.keyboard.press("Escape")
    panel = act(page, NAME, "Edit customer")
    panel.get_by_label("Enterprise").check()
    panel.get_by_label("Backup").check()
    panel.get_by_role("button", name="Save").click()
    expect(row(page, NAME)).to_contain_text("Enterprise")
    expect(row(page, NAME)).to_contain_text("+1 add-on")


def _look_at_the_customer(page: Page, domain: str) -> None:
    page.get_by_role("link", name=NAME).click()
    for words in ("First import done", "Waiting for board approval", domain, "Connected"):
        expect(page.locator("#main")).to_contain_text(words)
    page.get_by_role("link", name="Import 1").first.click()
    expect(page.locator("#main")).to_contain_text("Succeeded")
    collectors = page.get_by_role("region", name="Collectors")
    users = collectors.get_by_role("row").filter(has=page.get_by_text("Users", exact=True))
    expect(users).to_contain_text("400")
    check_accessible(page)
    _look_into_the_directory(page)


def _look_into_the_directory(page: Page) -> None:
    page.goto("/customers")
    page.get_by_role("link", name=NAME).click()
    page.locator(".tabs").get_by_role("link", name="Directory").click()
    expect(page.locator(".foot")).to_contain_text("400 users")
    check_accessible(page)
    page.get_by_label("Search users").fill("ada admin")
    expect(page.locator(".foot")).to_contain_text("1 user")
    page.get_by_role("link", name="Ada Admin").click()
    expect(page.locator("#main")).to_contain_text("Global Administrator")
    check_accessible(page)
    page.go_back()
    for part in ("Groups", "Devices", "Licences"):
        page.locator(".segments").get_by_role("link", name=part).click()
        expect(page.get_by_role("row").nth(1)).to_be_visible()
        check_accessible(page)
