"""Taking a mail apart (RFC 5322, MIME); whatever comes in, something readable comes out."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from html.parser import HTMLParser
from itertools import takewhile

LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


@dataclass(frozen=True)
class Envelope:
    """Who sent it and whom it was delivered to, as SMTP said."""

    sender: str
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Attachment:
    """A part that is not shown; size in bytes."""

    name: str
    content_type: str
    size: int


@dataclass(frozen=True)
class Mail:
    """What people want to see of a mail."""

    envelope: Envelope
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    attachments: tuple[Attachment, ...]

    def header(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), "")

    @property
    def subject(self) -> str:
        """The subject line, or an empty text."""
        return self.header("Subject")

    @property
    def preview(self) -> str:
        """The first words of the text."""
        return " ".join((self.text or _words_of(self.html)).split())[:160]

    @property
    def links(self) -> list[str]:
        """Every web address of the text and then of the HTML, each once."""
        found = [*LINK.findall(self.text), *_addresses_of(self.html)]
        return list(dict.fromkeys(found))


def open_mail(whole: bytes) -> Mail:
    """Read a kept mail, whose first lines are its envelope."""
    message = email.message_from_bytes(whole, policy=email.policy.default)
    headers = tuple((name, _shown(value)) for name, value in message.items())
    # Only the run of lines in front is ours; the mail may carry such headers of its own.
    own = list(takewhile(lambda pair: pair[0] in {"Return-Path", "Delivered-To"}, headers))
    sender = own[0][1].strip("<>") if own else ""
    delivered = tuple(value for name, value in own[1:] if name == "Delivered-To")
    text, html = _body(message, "plain"), _body(message, "html")
    attachments = tuple(_attachment(part) for part in message.iter_attachments())
    return Mail(Envelope(sender, delivered), headers, text, html, attachments)


def _shown(value: object) -> str:
    """Broken bytes in a header arrive as lone surrogates, which no answer could carry."""
    return str(value).encode(errors="replace").decode()


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return "" if part is None else _decoded(part)


def _decoded(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:  # a character set that nobody knows
        return content.decode("utf-8", errors="replace")


def _attachment(part: MIMEPart) -> Attachment:
    payload = part.get_payload(decode=True)
    size = len(payload) if isinstance(payload, bytes) else 0
    return Attachment(
        _shown(part.get_filename() or "without a name"), part.get_content_type(), size
    )


class _Reader(HTMLParser):
    """Collects the words and the link targets of an HTML text."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipping = tag in {"style", "script", "title"}
        address = dict(attrs).get("href") or ""
        if tag == "a" and LINK.match(address):
            self.addresses.append(address)

    def handle_endtag(self, tag: str) -> None:
        self.skipping = False

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.words.append(data)


def _words_of(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    return "".join(reader.words)


def _addresses_of(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    return reader.addresses
