"""Small things that cost work when they are missing, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import act, add_customer, row
from tests.e2e.conftest import OpenPage, sign_in

pytestmark = pytest.mark.e2e


def test_a_half_filled_panel_asks_before_it_closes(operator: Page) -> None:
    add = operator.locator(".page-head").get_by_role("link", name="Add customer")
    panel, question = operator.locator("#panel"), operator.locator("#discard")
    add.click()
    expect(panel).to_be_visible()
    operator.keyboard.press("Escape")
    expect(panel).to_be_hidden()  # nothing was typed: nothing to ask
    add.click()
    name = panel.get_by_label("Organization name")
    name.fill("Half a customer")
    for close in (
        lambda: operator.keyboard.press("Escape"),
        lambda: operator.mouse.click(300, 500),
    ):
        close()
        expect(question).to_be_visible()
        question.get_by_role("button", name="Keep editing").click()
        expect(name).to_have_value("Half a customer")
    panel.get_by_role("button", name="Apply").click()
    expect(panel.get_by_text("Enter a full email address")).to_be_visible()
    operator.keyboard.press("Escape")
    expect(question).to_be_visible()  # a form that came back with errors holds it still
    question.get_by_role("button", name="Discard").click()
    expect(panel).to_be_hidden()
    add.click()
    expect(panel.get_by_label("Organization name")).to_have_value("")


def test_a_link_that_was_taken_back_cannot_be_copied(operator: Page) -> None:
    name = "Revoked Ltd"
    add_customer(operator, name, "it@revoked.example")
    expect(row(operator, name).get_by_role("button", name="Copy link")).to_be_enabled()
    act(operator, name, "Revoke activation link").get_by_role("button", name="Revoke").click()
    expect(row(operator, name)).to_contain_text("Activation link revoked")
    button = row(operator, name).get_by_role("button", name="Copy link")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_attribute("title", re.compile("Resend it"))


def test_no_table_scrolls_and_no_page_is_too_long_at_1280(open_page: OpenPage) -> None:
    page = sign_in(open_page(width=1280), "Adam Admin")
    for path in ("/customers", "/customers/pending", "/operators", "/settings/api-tokens"):
        page.goto(path)
        sizes = "[...document.querySelectorAll('.scroll')].map(e => e.scrollWidth - e.clientWidth)"
        assert set(page.evaluate(sizes)) <= {0}, path
    page.goto("/settings/api-tokens")
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0


def test_a_filters_menu_stays_at_its_button(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "Edda Editor")
    page.set_viewport_size({"width": 1360, "height": 320})
    button = page.get_by_role("button", name="SKU")
    button.click()
    menu = page.locator("#filter-sku")
    expect(menu).to_be_visible()
    page.evaluate("document.body.style.minHeight = '2000px'; scrollTo(0, 60)")
    page.wait_for_function("scrollY > 0")
    page.wait_for_timeout(100)
    from_button = button.bounding_box()
    of_menu = menu.bounding_box()
    assert from_button and of_menu
    assert abs(of_menu["y"] - from_button["y"] - from_button["height"] - 6) < 2


def test_a_new_api_token_is_copied_with_one_click(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "Adam Admin")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/settings/api-tokens")
    page.get_by_role("link", name="Create token").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("What it is for").fill("Nightly script")
    panel.get_by_role("button", name="Create token").click()
    token = panel.get_by_label("Token", exact=True).input_value()
    assert token.startswith("plk_")
    panel.get_by_role("button", name="Copy token").click()
    expect(panel.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == token
