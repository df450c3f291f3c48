"""No address opens to a visitor unless it stands in this list."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from pilotage.web.public import Needs, needs_of

PUBLIC = {
    "account_inactive",
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "set_up",
    "demo_sign_in",
    # Answers who sends its own token, and is not there without the setting.
    "metrics",
}
# What the customer's admin sees; the activation session is their key.
ACTIVATION = ("/activate", "/auth/entra/")
SAMPLES: dict[str, Any] = {"UUIDConverter": "0" * 8 + "-0000-0000-0000-" + "0" * 12}


def patterns(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address there is, with something in place of its parameters."""
    for found in resolver.url_patterns:
        prefix = before + _filled(found)
        if isinstance(found, URLResolver):
            yield from patterns(found, prefix)
        else:
            yield prefix, found


def _filled(found: URLPattern | URLResolver) -> str:
    route = str(found.pattern)
    for name, converter in found.pattern.converters.items():
        kind = type(converter).__name__
        value = SAMPLES.get(kind, "1")
        route = route.replace(f"<{kind.removesuffix('Converter').lower()}:{name}>", value)
        route = route.replace(f"<{name}>", value)
    return route


ADDRESSES = dict(patterns(get_resolver()))
CLOSED = [
    path
    for path, found in ADDRESSES.items()
    if found.name not in PUBLIC and not path.startswith(ACTIVATION)
]


def test_every_public_view_is_known_here() -> None:
    open_views = {
        str(pattern.name)
        for path, pattern in ADDRESSES.items()
        if needs_of(pattern.callback) is Needs.NOTHING
        and not path.startswith(("/api/", *ACTIVATION))
    }
    assert open_views == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("path", CLOSED)
def test_a_visitor_is_led_to_the_sign_in(path: str) -> None:
    for method in ("GET", "POST", "HEAD", "PUT", "DELETE"):
        response = Client().generic(method, path)
        if path.startswith("/api/"):
            assert response.status_code == 401, (method, path)
        else:
            assert response.status_code == 302, (method, path)
            assert response.headers["Location"].startswith("/sign-in/"), (method, path)


@pytest.mark.django_db
def test_a_fragment_sends_the_browser_to_the_sign_in_with_the_way_back() -> None:
    headers = {
        "hx-request": "true",
        "hx-current-url": "http://localhost:8000/settings/api-tokens?a=b",
    }
    response = Client().get("/settings/api-tokens/new", headers=headers)
    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/sign-in/?next=%2Fsettings%2Fapi-tokens%3Fa%3Db"
