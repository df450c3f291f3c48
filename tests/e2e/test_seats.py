"""What counts as a seat, changed by an admin and counted anew by the worker."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage, sign_in
from tests.e2e.looks import check_accessible
from tests.e2e.prepare import IMPORTED

pytestmark = pytest.mark.e2e


def test_seats_are_counted_anew(open_page: OpenPage) -> None:
    page = sign_in(open_page(), "Adam Admin")
    seats = page.get_by_role("row").filter(has_text=IMPORTED).locator('[data-name="Seats used"]')
    page.get_by_role("link", name=IMPORTED).click()
    page.locator(".tabs").get_by_role("link", name="Directory").click()
    page.get_by_role("link", name="Licences", exact=True).click()
    page.get_by_role("link", name="What is counted").click()
    page.get_by_role("link", name="Change the rule of Harbour Cloud").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Do not count").check()
    panel.get_by_label("Products that make no seat").fill("flow_free")
    check_accessible(page)
    panel.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row").filter(has_text="Harbour Cloud")).to_contain_text(
        "A user who may sign in and has a licence other than flow_free"
    )
    page.goto("/customers")
    # Ada and the one with the hostile name; the list may be there before the worker is.
    for _ in range(20):
        if seats.inner_text().startswith("2"):
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(seats).to_contain_text("2")
