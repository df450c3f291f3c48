"""How a page has to be, whichever it is."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
# Where rows are cards, no heading stands above a number, a dash or a time. Some cells are left out.
_BARE = """() => innerWidth > 600 ? [] :
    [...document.querySelectorAll("table.rows tbody td:not([data-name])")]
    .filter((cell) => cell.checkVisibility() && !cell.closest(".vh"))
    .filter((cell) => cell.matches(".gone") || /^(–|never|[0-9].*)$/.test(cell.innerText.trim()))
    .map((cell) => cell.innerText)"""


def check_accessible(page: Page) -> None:
    """axe finds nothing, nothing has to be scrolled sideways, and each value says what it is."""
    found = _AXE.run(page).response["violations"]
    words = [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]
    assert not words, f"{page.url}: {words}"
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(too_wide), f"{page.url} is too wide"
    bare = page.evaluate(_BARE)
    assert not bare, f"{page.url}: nothing says what these values are: {bare}"
