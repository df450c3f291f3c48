"""Showing the HTML of a mail without trusting it."""

import html
from html.parser import HTMLParser

from markupsafe import Markup, escape

from local_mailbox.reading import LINK

# The mail is a document of its own in a sandboxed frame: no scripts, no forms, nothing loaded
# from anywhere (so no tracking pixels either); links may open a new tab.
POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_OUTWARD = {"target": "_blank", "rel": "noopener noreferrer"}


class _Rewriter(HTMLParser):
    """Gives everything back as it came, but for links, which open outside the frame."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        if tag in {"a", "area"}:
            kept = [(name, value or "") for name, value in attrs if name not in _OUTWARD]
            pairs = [*kept, *_OUTWARD.items()]
            raw = f"<{tag} " + " ".join(f'{n}="{html.escape(v)}"' for n, v in pairs) + ">"
        self.pieces.append(raw)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.pieces.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(f"<!{decl}>")


def with_outward_links(source: str) -> str:
    """The mail's HTML with every link opening a new tab that knows nothing of this page."""
    rewriter = _Rewriter()
    rewriter.feed(source)
    rewriter.close()
    return "".join(rewriter.pieces)


def with_links(text: str) -> Markup:
    """Plain text as HTML, its web addresses clickable."""
    pieces, end = [], 0
    for match in LINK.finditer(text):
        pieces.append(escape(text[end : match.start()]))
        anchor = Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>')
        pieces.append(anchor.format(match.group()))
        end = match.end()
    return Markup().join([*pieces, escape(text[end:])])
