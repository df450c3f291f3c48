"""Every page of the operators: axe in light and dark, wide and narrow; all of it by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import add_customer
from tests.e2e.conftest import OpenPage, sign_in
from tests.e2e.looks import check_accessible
from tests.e2e.prepare import IMPORTED

pytestmark = pytest.mark.e2e
PAGES = ["/", "/customers", "/customers/pending", "/imports", "/audit-log", "/operators",
         "/catalogue", "/settings/api-tokens", "/connections", "/settings/nightly-imports",
         "/settings/counting-rules", "/help/import-errors"]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (390, "dark")])
def test_every_page(open_page: OpenPage, width: int, scheme: str) -> None:
    page = sign_in(open_page(width=width, scheme=scheme, expected=(404, 422)), "Edda Editor")
    if not page.goto("/customers/pending") or page.get_by_text("Alpine").count() == 0:
        add_customer(page, "Alpine Ski House", "it@alpine.example")
    for path in PAGES:
        page.goto(path)
        check_accessible(page)
    page.goto("/customers/pending")
    _menu_and_panels(page)
    page.get_by_role("link", name="Alpine Ski House").click()
    for tab in ("Overview", "Directory", "Import runs", "Event log"):
        page.locator(".tabs").get_by_role("link", name=tab).click()
        check_accessible(page)
    page.goto("/nowhere")
    check_accessible(page)


@pytest.mark.parametrize(("width", "scheme"), [(1360, "dark"), (390, "light")])
def test_the_directory(open_page: OpenPage, width: int, scheme: str) -> None:
    page = sign_in(open_page(width=width, scheme=scheme), "Adam Admin")
    page.get_by_role("link", name=IMPORTED).click()
    expect(page.get_by_text("unused for 90 days")).to_be_visible()
    check_accessible(page)
    page.locator(".tabs").get_by_role("link", name="Directory").click()
    parts = page.get_by_role("navigation", name="Directory")
    for part, one in (("Users", "Ada Archer"), ("Groups", "Team"), ("Devices", "Laptop")):
        parts.get_by_role("link", name=part).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        check_accessible(page)
        page.get_by_role("table").get_by_role("link", name=one).click()
        expect(page.get_by_role("heading", name=one)).to_be_visible()
        check_accessible(page)
        page.go_back()
    parts.get_by_role("link", name="Licences").click()
    expect(page.get_by_role("img", name="Seats used on each day")).to_be_visible()
    check_accessible(page)


def _menu_and_panels(page: Page) -> None:
    page.get_by_role("button", name="Actions for Alpine Ski House").click()
    expect(page.locator("#menu")).to_be_visible()
    check_accessible(page)
    page.locator("#menu").get_by_role("link", name="Extend trial").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check_accessible(page)
    page.keyboard.press("Escape")
    page.locator(".page-head").get_by_role("link", name="Add customer").click()
    page.get_by_role("dialog").get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Enter the organization's name.")).to_be_visible()
    check_accessible(page)
    page.keyboard.press("Escape")


def test_all_of_it_by_keyboard(operator: Page) -> None:
    operator.goto("/customers")
    operator.keyboard.press("Tab")
    expect(operator.get_by_role("link", name="Skip to content")).to_be_focused()
    operator.keyboard.press("Enter")
    operator.keyboard.press("/")
    expect(operator.get_by_label("Search customers")).to_be_focused()
    operator.keyboard.type("nobody has this name")
    expect(operator.get_by_role("heading", name="No customer matches")).to_be_visible()
    assert operator.url.endswith("/customers?search=nobody+has+this+name")
    expect(operator.get_by_label("Search customers")).to_be_focused()

    button = operator.get_by_role("button", name="Actions", exact=True)
    button.focus()
    operator.keyboard.press("Enter")
    menu = operator.locator("#menu")
    expect(menu.get_by_role("link", name="Add customer")).to_be_focused()
    operator.keyboard.press("ArrowDown")
    expect(menu.get_by_role("button", name="Extend trial")).to_be_focused()
    operator.keyboard.press("Escape")
    expect(button).to_be_focused()

    operator.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Add customer")).to_be_focused()
    operator.keyboard.press("a")
    expect(operator.get_by_label("Organization name")).to_be_focused()
    operator.keyboard.press("Escape")
    expect(operator.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_the_theme_stays_and_nothing_flashes(operator: Page) -> None:
    operator.get_by_role("button", name="Switch between light and dark").click()
    expect(operator.locator("html")).to_have_attribute("data-theme", "dark")
    answer = operator.goto("/customers")
    assert answer and 'data-theme="dark"' in answer.text()


def test_what_was_typed_survives_a_stray_click(operator: Page) -> None:
    operator.locator(".page-head").get_by_role("link", name="Add customer").click()
    operator.get_by_label("Organization name").fill("Contoso")
    operator.mouse.click(200, 500)
    operator.get_by_role("button", name="Keep editing").click()
    expect(operator.get_by_label("Organization name")).to_have_value("Contoso")
    operator.get_by_role("link", name="Cancel").click()
    expect(operator.get_by_role("dialog")).to_have_count(0)
