"""Take the README's pictures from a real demo: `make shots`."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
READY_WITHIN = 300  # seconds
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run", "--disable-quic")  # fmt: skip
WIDE, PHONE = {"width": 1360, "height": 860}, {"width": 390, "height": 844}


@contextmanager
def demo() -> Iterator[str]:
    """A demo with data of its own; gives its address."""
    env = {**os.environ, "PILOTAGE_DATA_DIR": str(ROOT / "var" / "shots")}
    command = [sys.executable, "-m", "pilotage", "demo", "--port", "8700", "--reset"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.wait(30)


def _address(process: subprocess.Popen[str]) -> str:
    end = time.monotonic() + READY_WITHIN
    assert process.stdout
    for line in process.stdout:
        print(line, end="")
        found = re.search(r"Open\s+.*?(http://localhost:\d+)", line)
        if found:
            return found[1]
        if time.monotonic() > end:
            break
    raise SystemExit("The demo did not get ready.")


def signed_in(browser: Browser, base: str, size: dict[str, int], scheme: str) -> Page:
    """A page on which Mira Voss of Harbour Cloud is signed in."""
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{base}/demo/sign-in")
    page.get_by_role("button", name="Mira Voss").click()
    page.wait_for_load_state("networkidle")
    return page


def take(page: Page, name: str) -> None:
    """Save what the page shows."""
    page.wait_for_timeout(700)
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


def portal(browser: Browser, base: str) -> None:
    """The operator's pages, light, dark and on a phone."""
    for scheme in ("light", "dark"):
        page = signed_in(browser, base, WIDE, scheme)
        take(page, f"overview-{scheme}")
        page.goto(f"{base}/customers/pending")
        take(page, f"pending-{scheme}")
        page.goto(f"{base}/customers")
        take(page, f"customers-{scheme}")
        customer = page.get_by_role("link", name="Contoso Pharmaceuticals").get_attribute("href")
        page.get_by_role("link", name="Contoso Pharmaceuticals").click()
        take(page, f"customer-{scheme}")
        page.get_by_role("link", name="Extend trial").first.click()
        page.wait_for_selector("dialog[open]")
        take(page, f"extend-{scheme}")
        page.goto(f"{base}{customer}/imports")
        page.get_by_role("link", name=re.compile(r"Import \d")).first.click()
        take(page, f"run-{scheme}")
    phone = signed_in(browser, base, PHONE, "light")
    phone.goto(f"{base}/customers")
    take(phone, "customers-390")


def activation(browser: Browser, base: str) -> None:
    """What the customer's admin sees first."""
    page = signed_in(browser, base, WIDE, "light")
    page.goto(f"{base}/customers/pending")
    row = page.get_by_role("row").filter(has_text="Proseware")
    context = page.context
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base)
    row.get_by_role("button", name=re.compile("Copy link")).click()
    page.wait_for_timeout(1_000)
    link = page.evaluate("navigator.clipboard.readText()")
    visitor = browser.new_context(viewport={"width": 1100, "height": 860}).new_page()
    visitor.goto(link)
    visitor.get_by_role("button", name="Sign in with Microsoft").wait_for()
    take(visitor, "activation-light")


def main() -> None:
    """Start a demo, take all pictures, stop it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    browser_path = subprocess.run(
        [ROOT / "tools" / "find-browser.sh"], check=True, capture_output=True, text=True
    ).stdout.strip()
    flags = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with demo() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=flags)
        portal(browser, base)
        activation(browser, base)
        browser.close()


if __name__ == "__main__":
    main()
