"""The page in a real browser, with a mail that wants to do harm."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from tests.conftest import start_process, stop_process
from tests.local_mailbox.conftest import Box

HOSTILE = """<!doctype html><html><head><title>x</title>
<meta http-equiv="refresh" content="0; url=/delete-all"><base href="http://evil.example/">
</head><body onload="top.document.title='taken over'">
<script>top.document.title = 'taken over'; parent.postMessage('x', '*')</script>
<img src="ELSEWHERE/pixel.png" onerror="top.document.title='taken over'">
<form action="/delete-all" method="post"><button id="send">Win a prize</button></form>
<iframe src="javascript:top.document.title='taken over'"></iframe>
<a id="good" href="ELSEWHERE/go?a=1&amp;b=2" target="_top" rel="opener"
 onclick="top.document.title='taken over'">Activate</a></body></html>"""


@pytest.fixture(scope="module")
def browser_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    programs = ("/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser")
    program = next((p for p in programs if Path(p).exists()), None)
    options = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    # Nothing but this machine is asked, whatever a mail wants.
    options += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=options)
        yield browser.new_page()
        browser.close()


class Elsewhere(ThreadingHTTPServer):
    """Another site, which writes down who comes by."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.visits: list[tuple[str, str | None]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class Visit(BaseHTTPRequestHandler):
    server: Elsewhere

    def do_GET(self) -> None:
        self.server.visits.append((self.path, self.headers["Referer"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.e2e
def test_a_hostile_mail_can_do_nothing_but_be_looked_at(
    box: Box, browser_page: Page, elsewhere: Elsewhere
) -> None:
    subject = "<script>document.title='taken over'</script>"
    box.send(subject=subject, html=HOSTILE.replace("ELSEWHERE", elsewhere.url))
    browser_page.goto(box.http_url)
    browser_page.get_by_role("link", name=subject).click()
    frame = browser_page.frame_locator("iframe[title^='The mail']")
    frame.locator("#send").click()
    browser_page.wait_for_timeout(300)
    assert browser_page.title() == f"{subject} · Mailbox"
    assert len(box.mails()) == 1
    assert elsewhere.visits == []
    with browser_page.expect_popup() as popup:
        frame.locator("#good").click()
    popup.value.wait_for_load_state()
    assert popup.value.evaluate("window.opener") is None
    popup.value.close()
    assert elsewhere.visits[0] == ("/go?a=1&b=2", None)
    assert browser_page.title() == f"{subject} · Mailbox"


def test_links_of_a_mail_open_a_tab_that_knows_nothing_of_this_page(box: Box) -> None:
    box.send(
        html='<A HREF="https://a.example/?x=1&amp;y=2" target="_top" rel="opener">x &lt; y</A>'
    )
    html = box.ask("GET", f"/messages/{box.mails()[0]['id']}/html").text.strip()
    outward = 'target="_blank" rel="noopener noreferrer"'
    assert html == f'<a href="https://a.example/?x=1&amp;y=2" {outward}>x &lt; y</a>'


@pytest.mark.e2e
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_are_accessible_and_never_scroll_sideways(
    box: Box, browser_page: Page, scheme: str, width: int
) -> None:
    box.send(subject="A long subject " * 12, text="See https://portal.example/a", html="<p>Hi</p>")
    box.behave("450")
    path = f"/messages/{box.mails()[0]['id']}"
    said: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text))
    browser_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    browser_page.set_viewport_size({"width": width, "height": 800})
    for address in ("/", "/?q=nothing", path, f"{path}?view=text", f"{path}?view=headers"):
        browser_page.goto(box.http_url + address)
        assert Axe().run(browser_page).response["violations"] == [], address
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert said == []


@pytest.mark.e2e
def test_new_mail_appears_by_itself_and_failing_can_be_switched(
    box: Box, browser_page: Page
) -> None:
    browser_page.set_viewport_size({"width": 1280, "height": 800})
    browser_page.goto(box.http_url)
    browser_page.get_by_text("No mail yet").wait_for()
    box.send(subject="It came")
    browser_page.get_by_role("link", name="It came").wait_for()
    browser_page.get_by_role("button", name="How the mail server answers").click()
    browser_page.get_by_label("Refuse the recipient for good (550)").check()
    browser_page.get_by_role("button", name="Apply").click()
    browser_page.get_by_text("Mails fail on purpose").wait_for()
    assert box.ask("GET", "/api/behaviour").json["mode"] == "550"
    browser_page.get_by_role("button", name="Accept mails again").click()
    browser_page.get_by_text("It came").wait_for()
    assert box.ask("GET", "/api/behaviour").json["mode"] == "accept"
    browser_page.get_by_role("button", name="Delete all mails").click()
    browser_page.get_by_text("No mail yet").wait_for()


def test_other_sites_may_link_to_it_and_nothing_more(box: Box) -> None:
    box.send()
    foreign = {"Sec_Fetch_Site": "cross-site"}
    assert box.ask("GET", "/", Sec_Fetch_Mode="navigate", **foreign).status == 200
    assert box.ask("GET", "/api/messages", Sec_Fetch_Mode="cors", **foreign).status == 403
    assert box.ask("POST", "/delete-all", b"", Sec_Fetch_Mode="navigate", **foreign).status == 403
    assert box.ask("GET", "/", Host="mailbox.evil.example").status == 400
    assert len(box.mails()) == 1


def test_every_answer_carries_a_strict_policy(box: Box) -> None:
    box.send(html="<p>Hi</p>")
    path = f"/messages/{box.mails()[0]['id']}"
    for address in ("/", path, f"{path}/source", "/nowhere", "/static/mailbox.css"):
        policy = box.ask("GET", address).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'"), address
    assert box.ask("GET", f"{path}/html").headers["content-security-policy"].startswith("sandbox ")
    assert "text/plain" in box.ask("GET", f"{path}/source").headers["content-type"]


def test_it_ends_cleanly_and_tells_of_a_taken_port(tmp_path: Path) -> None:
    options = ("--state-dir", str(tmp_path / "state"), "--smtp-port", "0", "--http-port")
    running = start_process("local_mailbox", tmp_path, *options, "0")
    try:
        port = running["http_url"].rpartition(":")[2]
        second = subprocess.run(
            [sys.executable, "-m", "local_mailbox", *options, port],
            capture_output=True, text=True, timeout=20, env={"PYTHONPATH": "src"},
        )  # fmt: skip
    finally:
        stop_process(running)
    assert second.returncode == 1
    assert second.stderr == "The mailbox cannot start: Address already in use\n"
    assert running.process.returncode == 0
    assert (tmp_path / "log.txt").read_text() == ""
    assert json.loads((tmp_path / "ready.json").read_text())["pid"] == running.process.pid
