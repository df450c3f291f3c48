"""Mails for the mailbox, and ways to ask it."""

import json
import smtplib
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.conftest import Running


class Answer(NamedTuple):
    """Status, headers and text of an HTTP answer."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Box:
    """The mailbox under test."""

    def __init__(self, running: Running) -> None:
        self.http_url = str(running["http_url"])
        self.smtp_port = urlsplit(running["smtp_url"]).port or 0

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request; keyword `sec_fetch_site` becomes the header Sec-Fetch-Site."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            self.http_url + path, method=method, data=body, headers=named
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read().decode())

    def behave(self, mode: str, times: int | None = None) -> Answer:
        return self.ask(
            "POST", "/api/behaviour", json.dumps({"mode": mode, "times": times}).encode()
        )

    def mails(self, query: str = "") -> Any:
        return self.ask("GET", f"/api/messages{query}").json

    def send(self, to: str = "ada@wide.example", **fields: Any) -> None:
        """A mail over real SMTP; raises what smtplib raises."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=3) as smtp:
            smtp.send_message(letter(to, **fields))


def letter(
    to: str = "ada@wide.example", subject: str = "Hello", text: str = "Good day.", html: str = ""
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Harbour <a@harbour.example>", to, subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


@pytest.fixture
def box(mailbox: Running) -> Iterator[Box]:
    """An empty mailbox that accepts."""
    box = Box(mailbox)
    box.ask("DELETE", "/api/messages")
    yield box
    box.behave("accept")
