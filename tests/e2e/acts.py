"""What people do in these tests."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.stack import Stack


def add_customer(page: Page, name: str, email: str, **more: str) -> None:
    """Fill in the Add customer panel and press Apply."""
    page.locator(".page-head").get_by_role("link", name="Add customer").click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_label("Organization name")).to_be_focused()
    panel.get_by_label("Organization name").fill(name)
    panel.get_by_label("Notification email").fill(email)
    panel.get_by_label(more.get("sku", "Enterprise")).check()
    if "add_on" in more:
        panel.get_by_label(more["add_on"]).check()
    if "domain" in more:
        panel.get_by_label("Expected Microsoft 365 domain").fill(more["domain"])
    panel.get_by_role("button", name="Apply").click()
    page.wait_for_url("**/customers/pending")
    expect(row(page, name)).to_be_visible()


def row(page: Page, name: str) -> Any:
    """A customer's row in either list."""
    return page.get_by_role("row").filter(has_text=name)


def act(page: Page, name: str, action: str) -> Any:
    """Open the row's menu, choose an action; the panel that opens."""
    page.get_by_role("button", name=f"Actions for {name}").click()
    page.locator("#menu").get_by_role("link", name=action).click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", name=action)).to_be_visible()
    return panel


def link_in_mail(stack: Stack, address: str) -> str:
    """The activation link of the latest mail to that address."""
    mail = stack.mail_to(address)
    found = re.search(rf"{re.escape(stack.url)}/activate#t=pla1_[\w-]+", str(mail))
    assert found, mail
    return found[0]


def sign_in_at_microsoft(page: Page, link: str, account: str) -> None:
    """From the link to whatever comes after Microsoft's sign-in."""
    page.goto(link)
    page.get_by_role("button", name="Sign in with Microsoft").click()
    page.get_by_label("Account or organization").fill(account)
    page.get_by_role("button", name="Next").click()


def consent(page: Page, *, accept: bool = True) -> None:
    """Go on to the consent and press one of its buttons."""
    page.get_by_role("button", name="Continue to consent").click()
    page.get_by_role("button", name="Accept" if accept else "Cancel").click()
