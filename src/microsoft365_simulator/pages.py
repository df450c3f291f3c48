"""Renders the HTML pages; each of them works without JavaScript."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

_HERE = Path(__file__).parent
# No `form-action`: Chromium applies it to the redirect after a form, which leaves for the
# application that asked.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(_HERE / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def page(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page made from a template."""
    text = _environment().get_template(template).render(**values)
    return HTMLResponse(text, status_code=status, headers=HEADERS)


def static(name: str) -> Response:
    """One of the simulator's own style sheets or scripts."""
    path = _HERE / "static" / Path(name).name
    if path.suffix not in _TYPES or not path.is_file():
        return Response("Not found", 404)
    headers = {"content-type": _TYPES[path.suffix], "x-content-type-options": "nosniff"}
    return Response(path.read_bytes(), headers=headers)
