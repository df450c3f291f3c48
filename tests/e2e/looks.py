"""How a page has to be, whichever it is."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()


def check_accessible(page: Page) -> None:
    """axe finds nothing, and nothing has to be scrolled sideways."""
    found = _AXE.run(page).response["violations"]
    words = [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]
    assert not words, f"{page.url}: {words}"
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(too_wide), f"{page.url} is too wide"
