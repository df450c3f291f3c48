"""A token goes to our Graph address and nowhere else, whatever Graph's answers link to."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pilotage.microsoft.graph import GraphClient, TenantThrottle, links
from pilotage.microsoft.graph.errors import ForeignLink, UnexpectedRedirect
from pilotage.microsoft.identity import AppTokens
from tests.microsoft.listener import Reply, listening
from tests.microsoft.stage import FakeTime, Stage

GRAPH = "https://graph.microsoft.com"

FOREIGN = [
    "https://graph.microsoft.com:8443/v1.0/users",
    "https://graph.microsoft.com.evil.example/v1.0/users",
    "https://evilgraph.microsoft.com/v1.0/users",
    "https://evil.example/v1.0/users?graph.microsoft.com",
    "https://graph.microsoft.com@evil.example/v1.0/users",
    "https://u:p@graph.microsoft.com/v1.0/users",
    "https://@graph.microsoft.com/v1.0/users",
    "https://graph.microsoft.com./v1.0/users",
    "https://grаph.microsoft.com/v1.0/users",  # a Cyrillic letter
    "https://graph。microsoft.com/v1.0/users",  # an ideographic full stop
    "https://xn--grph-63d.microsoft.com/v1.0/users",
    "https://graph.microsoft.com\\@evil.example/v1.0/users",
    "https://graph.microsoft.com\t.evil.example/v1.0/users",
    "https://graph.microsoft.com\n/v1.0/users",
    "https://[::1]/v1.0/users",
    "https://[graph.microsoft.com/v1.0/users",
    "https://2130706433/v1.0/users",
    "https://graph.microsoft.com:99999/v1.0/users",
    "https:graph.microsoft.com/v1.0/users",
    "//evil.example/v1.0/users",
    "http://graph.microsoft.com/v1.0/users",
    "ftp://graph.microsoft.com/v1.0/users",
    "https://graph.microsoft.com/beta/users",
    "https://graph.microsoft.com/v1.0",
    "https://graph.microsoft.com/v1.0/../beta/users",
    "https://graph.microsoft.com/v1.0/%2e%2e/beta/users",
    "https://graph.microsoft.com/v1.0/%252e%252e/beta/users",
    "https://graph.microsoft.com/v1.0/..%2fbeta/users",
    "https://graph.microsoft.com/v1.0/..%5cbeta/users",
    "https://graph.microsoft.com/v1.0/users#@evil.example",
    "javascript:alert(1)",
    "users",
    "",
]


@pytest.mark.parametrize("link", FOREIGN)
def test_foreign_link_is_refused(link: str) -> None:
    with pytest.raises(ForeignLink) as caught:
        links.absolute(GRAPH, link)
    assert caught.value.text.isascii()
    assert str(caught.value.details["page"]).isascii()


@pytest.mark.parametrize(
    "link",
    [
        "https://graph.microsoft.com/v1.0/users?$skiptoken=RFNwdAIAAQ%3d%3d&$top=999",
        "https://graph.microsoft.com/v1.0/users/delta?$deltatoken=aB-_~.'()",
        "https://graph.microsoft.com/v1.0/groups?$filter=id eq 'a' or id eq 'b'",
    ],
)
def test_own_link_is_left_as_it_is(link: str) -> None:
    assert links.absolute(GRAPH, link) == link


def test_same_address_in_other_words_becomes_ours() -> None:
    link = "HTTPS://GRAPH.microsoft.com:443/v1.0/users"
    assert links.absolute(GRAPH, link) == "https://graph.microsoft.com/v1.0/users"


def test_path_is_put_below_our_address() -> None:
    assert links.absolute(GRAPH, "/users?$top=1") == "https://graph.microsoft.com/v1.0/users?$top=1"


def test_address_is_shown_without_tokens_and_people() -> None:
    shown = links.without_secrets(
        "https://graph.microsoft.com/v1.0/users?$top=999&$select=id,mail&$skiptoken=secret"
        "&$filter=startswith(userPrincipalName,'amelie')"
    )
    assert shown == "/v1.0/users?$top=999&$select=id,mail&$skiptoken=…&$filter=…"


def test_token_never_reaches_the_host_of_a_foreign_link(stage: Stage, tmp_path: Path) -> None:
    def reply(_: str) -> Reply:
        return 200, {}, b'{"value":[]}'

    with listening(tmp_path, reply) as foreign:
        host = urlsplit(foreign.url).netloc
        own = urlsplit(stage.settings.graph_url).netloc
        for link in (
            f"https://{host}/v1.0/users",
            f"https://{own}@{host}/v1.0/users",
            f"https://127.0.0.1:{urlsplit(foreign.url).port}/v1.0/users",
            f"https://{own}\\@{host}/v1.0/users",
        ):
            options = {"value": link}
            match = {"tenant_id": str(stage.tenant_id)}
            with stage.control.fault("nextlink_foreign_host", match=match, options=options):
                page = stage.client(FakeTime()).get("/users", params={"$top": "20"})
                assert page.next_link == link
                with pytest.raises(ForeignLink):
                    stage.client(FakeTime()).get(page.next_link)
        assert (foreign.connections, foreign.tokens) == (0, 0)


def test_redirect_is_not_followed(stage: Stage, tmp_path: Path) -> None:
    """Graph's address answers with a redirect to a host that listens: nothing arrives there."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with listening(tmp_path / "a", lambda _: (200, {}, b"{}")) as target:
        answer = (302, {"Location": f"{target.url}/v1.0/users"}, b"")
        with listening(tmp_path / "b", lambda _: answer) as graph:
            settings = stage.with_settings(graph_url=graph.url, ca_file=graph.ca_file)
            client = GraphClient(
                settings, stage.tenant_id, AppTokens(stage.settings), throttle=TenantThrottle()
            )
            with pytest.raises(UnexpectedRedirect):
                client.get("/users")
        assert len(graph.requests) == 1
        assert target.connections == 0
