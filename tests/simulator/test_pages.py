"""The pages in a real browser: without JavaScript, on the plain listener, for everybody."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.simulator.driver import SignIn, Simulator, Tenant
from tests.simulator.test_consent import consent_url

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    programs = ("/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser")
    program = next((path for path in programs if Path(path).exists()), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def on_plain_listener(sim: Simulator, url: str) -> str:
    return url.replace(sim.url, sim.browser_url)


def landed(page: Page) -> dict[str, str]:
    """What came back to the application, which nobody serves here."""
    page.wait_for_url("**/auth/callback**")
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def open_page(chromium: Browser, *, with_script: bool = False, dark: bool = False) -> Page:
    """A page in a browser of its own; the application's address answers with nothing."""
    context = chromium.new_context(
        java_script_enabled=with_script, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    page.route("**/auth/callback**", lambda route: route.fulfill(body="arrived"))
    return page


def test_sign_in_and_consent_without_javascript(
    sim: Simulator, contoso: Tenant, chromium: Browser
) -> None:
    page = open_page(chromium)
    sign_in = SignIn.begin(sim, "organizations", login_hint=contoso.domain)
    page.goto(on_plain_listener(sim, sign_in.url))
    page.get_by_role("button", name=re.compile(f"^admin@{contoso.domain}")).first.click()
    code = landed(page)["code"]
    assert sign_in.redeem(sim, "organizations", code).ok
    page.goto(on_plain_listener(sim, consent_url(sim, contoso.id)))
    page.get_by_role("button", name="Accept").click()
    assert landed(page)["tenant"] == contoso.id


def test_form_post_sends_itself(sim: Simulator, contoso: Tenant, chromium: Browser) -> None:
    page = open_page(chromium, with_script=True)
    sign_in = SignIn.begin(sim, contoso.id, response_mode="form_post")
    page.goto(on_plain_listener(sim, sign_in.url))
    with page.expect_request("**/auth/callback") as sent:
        page.get_by_role("button", name=f"user@{contoso.domain}").click()
    assert sign_in.state in (sent.value.post_data or "")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_are_for_everybody(
    sim: Simulator, contoso: Tenant, chromium: Browser, dark: bool
) -> None:
    page = open_page(chromium, with_script=True, dark=dark)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    sim.fault("slow", match={"path": "/shoes"})

    def check() -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    page.goto(f"{sim.browser_url}/_simulator")
    check()
    page.goto(on_plain_listener(sim, SignIn.begin(sim, "common").url))
    check()
    page.goto(on_plain_listener(sim, consent_url(sim, contoso.id)))
    page.get_by_role("button", name=re.compile(f"^admin@{contoso.domain}")).click()
    check()
    page.get_by_role("button", name="Use another account").click()
    page.get_by_role("button", name=f"user@{contoso.domain}").click()
    check()
    assert complaints == []
