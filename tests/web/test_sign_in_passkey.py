"""Passkeys in a real browser, under the real Content Security Policy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from pilotage.kernel import clock
from pilotage.kernel.actor import Role
from pilotage.partners.actions.invite_operator import invite_operator
from pilotage.partners.set_up_link import VALID_FOR, token_of
from tests.cast import PASSWORD, World

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
CHROMIUM = next(
    (p for p in ("/usr/bin/chromium", "/usr/bin/google-chrome") if Path(p).exists()), None
)
SWITCHES = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
)  # fmt: skip


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> Iterator[BrowserContext]:
    """A browser with an authenticator that knows its owner."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    # The live server's threads must not hold connections when the database is dropped.
    monkeypatch.setitem(connections.databases["default"], "CONN_MAX_AGE", 0)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser.new_context()
        browser.close()
        # Under Playwright's event loop Django has opened another connection than before it.
        connections.close_all()


def with_authenticator(context: BrowserContext) -> Page:
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def check(page: Page) -> None:
    """Axe finds nothing, in light and in dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found: Any = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_set_up_with_a_passkey_then_sign_in_with_it(
    world: World, live_server: LiveServer, context: BrowserContext
) -> None:
    operator = invite_operator(
        world.admin,
        partner_id=world.harbour.id,
        email="kim@harbour.example",
        name="Kim New",
        role=Role.ADMIN,
    )
    page, said = with_authenticator(context), []
    page.on("console", lambda message: said.append(message.text))
    token = token_of(operator, expires_at=clock.now() + VALID_FOR)
    page.goto(f"{live_server.url}/set-up#t={token}")
    page.wait_for_selector("text=Welcome, Kim New")
    assert token not in page.url
    check(page)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=repeated]", PASSWORD)
    page.click("button:has-text('Continue')")
    page.wait_for_url("**/security/start/")
    check(page)
    page.click("text=Use a passkey")
    page.wait_for_url("**/passkeys/add/")
    page.fill("[name=name]", "My laptop")
    page.click("#mfa_webauthn_add")
    page.wait_for_selector("text=They are shown this once")
    check(page)
    page.goto(f"{live_server.url}/settings/security/")
    page.wait_for_selector("text=My laptop")
    page.goto(f"{live_server.url}/sign-out/")
    page.click("main button[type=submit]")
    page.wait_for_url("**/sign-in/**")
    page.goto(f"{live_server.url}/sign-in/?next=/settings/api-tokens")
    page.click("#passkey_login")
    page.wait_for_url(f"{live_server.url}/settings/api-tokens")
    assert said == []


def test_a_passkey_that_does_not_come_is_told_on_the_page(
    db: None, live_server: LiveServer, context: BrowserContext
) -> None:
    page, said = with_authenticator(context), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server.url}/sign-in/")
    # The authenticator knows no passkey of this site, which ends as a person's cancel does.
    page.click("#passkey_login")
    page.wait_for_selector("#passkey-trouble:not([hidden])", timeout=90_000)
    check(page)
    assert said == []


def test_a_token_is_shown_once(
    world: World, live_server: LiveServer, context: BrowserContext, settings: Any
) -> None:
    settings.IS_DEMO = True
    page = context.new_page()
    page.goto(f"{live_server.url}/demo/sign-in")
    check(page)
    page.click("text=Adam Admin")
    page.wait_for_url(lambda url: "/demo/" not in url)
    page.goto(f"{live_server.url}/settings/api-tokens")
    page.click("text=Create token")
    page.fill("#panel [name=name]", "Billing export")
    check(page)
    page.click("#panel button[type=submit]")
    secret = page.wait_for_selector("#panel [name=secret]")
    assert secret is not None
    text = secret.input_value()
    assert text.startswith("plk_")
    page.click("text=I have kept it")
    page.wait_for_selector("td:has-text('Billing export')")
    assert text not in page.content()
    page.click("td >> text=Revoke")
    page.click("#panel button:has-text('Revoke token')")
    page.wait_for_selector("text=Revoked")
