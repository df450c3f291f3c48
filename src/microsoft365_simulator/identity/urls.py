"""Where things are, as seen by whoever asks."""

from __future__ import annotations

from starlette.requests import Request

from microsoft365_simulator.world import World

SHARED = frozenset({"common", "organizations", "consumers"})


def origin(world: World, request: Request) -> str:
    """The HTTPS origin by the name the client called it, e.g. https://localhost:9443."""
    if request.url.scheme == "https" and request.url.netloc:
        return f"https://{request.url.netloc}"
    return world.https_url


def issuer(base: str, tenant: str) -> str:
    return f"{base}/{tenant}/v2.0"
