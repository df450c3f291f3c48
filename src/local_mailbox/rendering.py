"""Templates and what they can use."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lucide.jinja import lucide

from local_mailbox.safe_html import with_links

HERE = Path(__file__).resolve().parent
HUES = 6


@cache
def environment() -> Environment:
    """Jinja with escaping on and undefined names an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["icon"] = lucide
    made.filters |= {
        "ago": ago,
        "hue": hue,
        "initials": initials,
        "size": size,
        "with_links": with_links,
    }
    return made


def render(template: str, **values: object) -> str:
    """One page or piece of a page."""
    return environment().get_template(template).render(**values)


def ago(when: datetime) -> str:
    """How long ago, as people say it: "just now", "5 min ago", "3 h ago", "12 Nov"."""
    minutes = int((datetime.now(UTC) - when).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 24 * 60:
        return f"{minutes // 60} h ago"
    return f"{when.day} {when:%b}"


def hue(address: str) -> int:
    """One of the avatar colours, always the same for one address."""
    return crc32(address.encode()) % HUES


def initials(address: str) -> str:
    """Two letters for an avatar: of the person and of the organization."""
    person, _, organization = address.partition("@")
    return (person[:1] + organization[:1]).upper() or "?"


def size(count: int) -> str:
    """Bytes as people read them."""
    return f"{count / 1000:.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
