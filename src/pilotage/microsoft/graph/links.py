"""Addresses that a token may be sent to: below this installation's Graph, and nowhere else.

`@odata.nextLink` is opaque, but it comes from outside; a token sent to a foreign host is stolen.
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from pilotage.microsoft.graph.errors import ForeignLink, Trace

# RFC 3986 characters, and the ones that Graph leaves unescaped in queries.
_HARMLESS = re.compile(r"""[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%| "{}^`<>]+""")
_VERSION = "/v1.0/"
_SHOWN = {"$select", "$top", "$count", "$expand"}
_DEFAULT_PORTS = {"https": 443, "http": 80}


def absolute(graph_url: str, path_or_link: str) -> str:
    """The address of a path of ours (`/users`), or of a link that Graph gave.

    Raises ForeignLink for a link to another scheme, host, port or API version.
    """
    if path_or_link.startswith("/") and not path_or_link.startswith("//"):
        return pinned(graph_url, graph_url + _VERSION + path_or_link.lstrip("/"))
    return pinned(graph_url, path_or_link)


def pinned(graph_url: str, link: str) -> str:
    """`link`, rebuilt on our own Graph address; raises ForeignLink unless that changes nothing.

    It is not enough to compare hosts: parsers disagree about odd addresses. What is requested
    starts with our own address in any case, and odd characters and paths are refused before.
    """
    if not _HARMLESS.fullmatch(link):
        raise _foreign(link)
    try:
        own, given = urlsplit(graph_url), urlsplit(link)
        is_same = (
            (given.scheme, given.hostname) == (own.scheme, own.hostname)
            and _port(given.scheme, given.port) == _port(own.scheme, own.port)
            and "@" not in given.netloc
        )
    except ValueError as error:
        raise _foreign(link) from error
    if not is_same or given.fragment or not _is_below(own.path + _VERSION, given.path):
        raise _foreign(link)
    query = f"?{given.query}" if given.query else ""
    return f"{own.scheme}://{own.netloc}{given.path}{query}"


def resolved(asked: str, link: str) -> str:
    """A link as an address; OData allows links relative to the `asked` one, or "" for none.

    Source: OData JSON Format 4.01, 4.5.1 (relative URLs). It is pinned when it is followed.
    """
    if not link or "://" in link.partition("?")[0]:
        return link
    return urljoin(asked, link)


def without_secrets(link: str) -> str:
    """The path, with the values of all but harmless parameters left out, for logs and people."""
    parts = urlsplit(link)
    query = "&".join(
        f"{name}={value if name.lower() in _SHOWN else '…'}"
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    )
    return parts.path + (f"?{query}" if query else "")


def with_params(path: str, params: Mapping[str, str] | None) -> str:
    """`path` with OData parameters, escaped as Graph expects it (spaces as %20)."""
    if not params:
        return path
    query = urlencode(params, quote_via=quote, safe="$,()'/")
    return f"{path}{'&' if '?' in path else '?'}{query}"


def _port(scheme: str, port: int | None) -> int | None:
    return port or _DEFAULT_PORTS.get(scheme)


def _is_below(root: str, path: str) -> bool:
    plain = path
    for _ in range(3):
        plain = unquote(plain)
    segments = plain.split("/")
    return path.startswith(root) and not {".", ".."} & set(segments) and "\\" not in plain


def _foreign(link: str) -> ForeignLink:
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        host = ""
    # The host is named in ASCII: a look-alike must not look alike in the log.
    named = host.encode("ascii", "backslashreplace").decode()[:100]
    return ForeignLink(trace=Trace(page=f"link to {named or 'nowhere'}"))
