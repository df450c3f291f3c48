"""The pages: the list, one mail, and the two buttons that change something."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from local_mailbox.behaviour import MODES, UnknownMode
from local_mailbox.letterbox import Letterbox
from local_mailbox.reading import Mail
from local_mailbox.rendering import render
from local_mailbox.safe_html import POLICY, with_outward_links

SHOWN = 200  # rows of the list; searching reaches the others


async def inbox(request: Request) -> Response:
    """All mails, newest first; ?q= searches."""
    return _page(request, "inbox.html")


async def message(request: Request) -> Response:
    """One mail beside the list; ?view= is html, text or headers."""
    found = _letterbox(request).find(request.path_params["id"])
    if found is None:
        return await not_found(request, Exception())
    kept, mail = found
    view = _view(request.query_params.get("view", ""), mail)
    return _page(
        request, "message.html", kept=kept, mail=mail, view=view, open_id=kept.id, has_open=True
    )


async def message_html(request: Request) -> Response:
    """The HTML part, for the frame: a document that may do nothing but be looked at."""
    found = _letterbox(request).find(request.path_params["id"])
    if found is None:
        return await not_found(request, Exception())
    headers = {"Content-Security-Policy": POLICY}
    return HTMLResponse(with_outward_links(found[1].html), headers=headers)


async def message_source(request: Request) -> Response:
    """The mail as it came."""
    source = _letterbox(request).source(request.path_params["id"])
    if source is None:
        return await not_found(request, Exception())
    return PlainTextResponse(source.decode(errors="replace"))


async def delete_all(request: Request) -> Response:
    """Delete all mails."""
    _letterbox(request).clear()
    return RedirectResponse("/", 303)


async def behave(request: Request) -> Response:
    """Change how the mail server answers."""
    form = await request.form()
    try:
        request.app.state.behaviour.change(str(form.get("mode", "")))
    except UnknownMode as error:
        return PlainTextResponse(str(error), 422)
    return RedirectResponse("/", 303)


async def not_found(request: Request, _: Exception) -> Response:
    """A mail that was deleted, or an address that never was."""
    return _page(request, "not_found.html", status=404, has_open=True)


async def foreign(scope: Scope, receive: Receive, send: Send) -> None:
    """For what another site's page asks."""
    text = "Only this mailbox's own pages may ask for that."
    await PlainTextResponse(text, 403)(scope, receive, send)


def _view(asked: str, mail: Mail) -> str:
    possible = [v for v, is_there in (("html", mail.html), ("text", mail.text)) if is_there]
    return asked if asked in [*possible, "headers"] else [*possible, "text"][0]


def _page(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    letterbox, words = _letterbox(request), request.query_params.get("q", "").strip()
    found = letterbox.newest(words=words)
    text = render(
        template,
        **{"open_id": "", "has_open": False, **values},
        mails=found[:SHOWN],
        hidden=max(0, len(found) - SHOWN),
        total=len(letterbox),
        words=words,
        query=f"?{urlencode({'q': words})}" if words else "",
        version=letterbox.version,
        smtp_url=request.app.state.smtp_url,
        behaviour=request.app.state.behaviour,
        modes=MODES,
    )
    return HTMLResponse(text, status)


def _letterbox(request: Request) -> Letterbox:
    letterbox: Letterbox = request.app.state.letterbox
    return letterbox
