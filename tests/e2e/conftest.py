"""A real browser before a real installation."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.conftest import Running
from tests.e2e.stack import Stack, running

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def stack(
    tmp_path_factory: pytest.TempPathFactory, simulator: Running, mailbox: Running
) -> Iterator[Stack]:
    """Web and worker, with the cast in the database."""
    with running(tmp_path_factory.mktemp("e2e"), simulator, mailbox) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium or Chrome, or the one that playwright has installed."""
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, stack: Stack) -> Iterator[OpenPage]:
    """Opens a page in a fresh profile; nothing may have gone wrong in it in silence."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []
    # All visitors of these tests come from one address, which may open ten links a minute.
    stack.run_sql("delete from onboarding_tries")

    def opened(*, width: int = 1360, scheme: str = "light", expected: tuple[int, ...] = ()) -> Page:
        """`expected` are the statuses of refusals; Chromium notes those in its console."""
        context = chromium.new_context(
            base_url=stack.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.extend(complaints(said, stack.url, expected)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


def complaints(said: ConsoleMessage, our_url: str, expected: tuple[int, ...]) -> list[str]:
    """What one of our pages complains about, except for refusals that were asked for."""
    is_ours = str(said.location["url"]).startswith(our_url)
    is_refusal = any(f"status of {status}" in said.text for status in expected)
    is_complaint = said.type in {"error", "warning"} and is_ours and not is_refusal
    return [f"{said.location['url']}: {said.text}"] if is_complaint else []


@pytest.fixture
def operator(open_page: OpenPage) -> Page:
    """The editor of Harbour Cloud, signed in, before the Customers page."""
    return sign_in(open_page(expected=(409, 422)), "Edda Editor")


def sign_in(page: Page, name: str) -> Page:
    """One click, as in the demo."""
    page.goto("/demo/sign-in")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/")
    page.goto("/customers")
    return page
