"""While PostgreSQL is away: 503 with Retry-After, and the first request after it works."""

from collections.abc import Iterator

import pytest
from django.db import close_old_connections, connection
from django.test import Client

from tests.cast import World, begin_session
from tests.web.test_sign_in import with_app

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser(world: World) -> Client:
    """The editor's browser, signed in."""
    operator = world.operator(world.editor)
    with_app(operator)
    client = Client(raise_request_exception=False)
    begin_session(client, operator)
    return client


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody listens where the database was."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    yield
    connection.close()


def test_pages_and_api_say_so(browser: Client, away: None) -> None:
    for address in ("/settings/api-tokens", "/sign-in/second-step/", "/api/v1/me"):
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2"), address
    assert answer.json()["error"]["code"] == "unavailable"
    assert b"Back in a moment" in browser.get("/settings/api-tokens").content


def test_the_first_request_after_a_restart_works(browser: Client) -> None:
    assert browser.get("/api/v1/me").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s)", [pid])
    other.close()
    # Django does this at the beginning of every request; its test client leaves it out.
    close_old_connections()
    assert browser.get("/api/v1/me").status_code == 200
