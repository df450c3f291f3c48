"""The application: its routes, and what every answer carries."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local_mailbox import api, pages
from local_mailbox.behaviour import Behaviour
from local_mailbox.letterbox import Letterbox
from local_mailbox.rendering import HERE

# Mails hold secret links, so a page of another site must not reach this one by a name that it
# points at this machine, nor post to it.
OWN_NAMES = ["localhost", "127.0.0.1", "[::1]", "::1"]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class OwnPagesOnly:
    """Refuses what a page of another site asks for, and sets the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])
        is_foreign = headers.get(b"sec-fetch-site", b"none") not in {b"none", b"same-origin"}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] += [
                    (name.lower().encode(), value.encode())
                    for name, value in HEADERS.items()
                    if name.lower().encode() not in present
                ]
            await send(message)

        if is_foreign and (scope["method"] not in {"GET", "HEAD"} or not _is_visit(headers)):
            return await pages.foreign(scope, receive, send_with_headers)
        return await self.app(scope, receive, send_with_headers)


def _is_visit(headers: dict[bytes, bytes]) -> bool:
    """A person who follows a link to here, from whatever page."""
    return headers.get(b"sec-fetch-mode") == b"navigate"


def make_app(letterbox: Letterbox, behaviour: Behaviour, smtp_url: str) -> Starlette:
    """The page and the JSON interface over one letterbox."""
    app = Starlette(
        routes=[
            Route("/", pages.inbox),
            Route("/messages/{id}", pages.message),
            Route("/messages/{id}/html", pages.message_html),
            Route("/messages/{id}/source", pages.message_source),
            Route("/delete-all", pages.delete_all, methods=["POST"]),
            Route("/behaviour", pages.behave, methods=["POST"]),
            Route("/api/messages", api.list_messages, methods=["GET"]),
            Route("/api/messages", api.delete_messages, methods=["DELETE"]),
            Route("/api/messages/{id}", api.get_message),
            Route("/api/behaviour", api.get_behaviour, methods=["GET"]),
            Route("/api/behaviour", api.set_behaviour, methods=["POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=OWN_NAMES),
            Middleware(OwnPagesOnly),
        ],
        exception_handlers={404: pages.not_found},
    )
    app.state.letterbox, app.state.behaviour, app.state.smtp_url = letterbox, behaviour, smtp_url
    return app
