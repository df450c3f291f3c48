"""Who is signed in with this browser: a sealed cookie, one for each listener."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from microsoft365_simulator import clock
from microsoft365_simulator.sealed import BrokenSeal
from microsoft365_simulator.world import World

LIFETIME_SECONDS = 12 * 3600
_PURPOSE = "session"
_KEPT = 20


def _cookie_name(request: Request) -> str:
    # The two listeners share a host and so a cookie jar; their cookies must not collide.
    return f"m365simulator_{request.url.scheme}"


def signed_in(world: World, request: Request) -> dict[str, int]:
    """Logins and when each signed in (seconds since 1970), the oldest first."""
    token = request.cookies.get(_cookie_name(request), "")
    try:
        logins = world.seal.open(_PURPOSE, token, dict[str, int])
    except BrokenSeal:
        return {}
    oldest = clock.now() - LIFETIME_SECONDS
    return {login: at for login, at in logins.items() if at > oldest}


def remember(world: World, request: Request, response: Response, login: str, at: int) -> None:
    """Add an account to those signed in with this browser, as the latest."""
    others = {name: when for name, when in signed_in(world, request).items() if name != login}
    kept = dict([*others.items(), (login, at)][-_KEPT:])
    response.set_cookie(
        _cookie_name(request),
        world.seal.close(_PURPOSE, kept),
        max_age=LIFETIME_SECONDS,
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="lax",
    )


def forget(request: Request, response: Response) -> None:
    response.delete_cookie(_cookie_name(request))
