"""HTTPS itself: whom it trusts, when it gives up, and what it never does."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pilotage.microsoft.settings import MicrosoftSettings
from pilotage.microsoft.transport import Fault, TransportFailed, transport_for, wire
from pilotage.microsoft.transport.openssl import OpensslTransport
from pilotage.microsoft.transport.proxy import bypasses
from pilotage.microsoft.transport.rustls import RustlsTransport
from tests.conftest import Running
from tests.microsoft.listener import Reply, listening


def dripping() -> Iterator[bytes]:
    for _ in range(20):
        time.sleep(0.1)
        yield b" "


def reply(path: str) -> Reply:
    if path == "/silent":
        time.sleep(1)
    if path == "/dripping":
        return 200, {"Content-Length": "20"}, dripping()
    if path == "/redirect":
        return 302, {"Location": "/landed"}, b""
    if path == "/short":
        return 200, {"Content-Length": "100", "Connection": "close"}, b'{"value":'
    if path == "/large":
        return 200, {}, b"x" * 100_000
    return 200, {"request-id": "abc", "Date": "caf\xe9"}, b"{}"


@pytest.fixture(params=[False, True], ids=["rustls", "openssl"])
def is_authority(request: pytest.FixtureRequest) -> bool:
    """A server whose certificate is its own authority needs the other transport."""
    return bool(request.param)


def test_both_transports_keep_the_same_rules(tmp_path: Path, is_authority: bool) -> None:
    with listening(tmp_path, reply, is_authority=is_authority) as server:
        settings = MicrosoftSettings(ca_file=server.ca_file)
        transport = transport_for(settings)
        assert isinstance(transport, OpensslTransport if is_authority else RustlsTransport)
        answer = transport.send("GET", f"{server.url}/", headers={"X-Probe": "1"})
        assert (answer.status, answer.body, answer.header("request-id")) == (200, b"{}", "abc")
        assert server.requests[0][1]["user-agent"].startswith("Pilotage/")
        assert transport.send("GET", f"{server.url}/redirect", headers={}).status == 302
        assert "/landed" not in [path for path, _ in server.requests]
        with pytest.raises(TransportFailed) as caught:
            transport.send("GET", f"{server.url}/short", headers={})
        assert caught.value.fault is Fault.BROKEN
        with pytest.raises(TransportFailed) as caught:
            transport.send("GET", f"{server.url}/large", headers={}, cap=1_000)
        assert caught.value.fault is Fault.TOO_LARGE


def test_unknown_authority_is_refused(
    tmp_path: Path, simulator: Running, is_authority: bool
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    with listening(tmp_path, reply) as server, listening(own, reply, is_authority=True) as other:
        trusted = other.ca_file if is_authority else simulator["ca_file"]
        transport = transport_for(MicrosoftSettings(ca_file=trusted))
        with pytest.raises(TransportFailed) as caught:
            transport.send("GET", f"{server.url}/", headers={"Authorization": "Bearer x"})
        assert caught.value.fault is Fault.TLS
        assert server.tokens == 0


def test_nobody_listening_is_told_apart() -> None:
    with pytest.raises(TransportFailed) as caught:
        transport_for(MicrosoftSettings()).send("GET", "https://localhost:1/x?secret=1", headers={})
    assert caught.value.fault is Fault.CONNECT
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("kind", [RustlsTransport, OpensslTransport])
def test_plain_http_is_never_spoken(kind: type[RustlsTransport | OpensslTransport]) -> None:
    arrived = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        with pytest.raises(TransportFailed):
            kind(MicrosoftSettings()).send("GET", f"http://localhost:{port}/", headers={})
        with suppress(TimeoutError):
            arrived.append(server.accept())
    assert arrived == []


@pytest.mark.parametrize(
    ("path", "limit"), [("/silent", "READ_SECONDS"), ("/dripping", "TOTAL_SECONDS")]
)
def test_server_that_stalls_is_left(
    tmp_path: Path,
    is_authority: bool,
    path: str,
    limit: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, limit, 0.4)
    with listening(tmp_path, reply, is_authority=is_authority) as server:
        settings = MicrosoftSettings(ca_file=server.ca_file)
        kind = OpensslTransport if is_authority else RustlsTransport
        started = time.monotonic()
        with pytest.raises(TransportFailed) as caught:
            kind(settings).send("GET", server.url + path, headers={})
        assert caught.value.fault is Fault.TIMEOUT
        assert time.monotonic() - started < 1.5


def test_proxy_is_used_only_when_named_and_not_for_this_machine(tmp_path: Path) -> None:
    with listening(tmp_path, reply) as server:
        settings = MicrosoftSettings(ca_file=server.ca_file, proxy_url="http://localhost:1")
        assert transport_for(settings).send("GET", f"{server.url}/", headers={}).status == 200
        with pytest.raises(TransportFailed) as caught:
            transport_for(settings).send("GET", "https://graph.test.example/", headers={})
        assert caught.value.fault is Fault.CONNECT


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://localhost:9443/x", True),
        ("https://graph.microsoft.com/x", False),
        ("https://graph.corp.example/x", True),
        ("https://corp.example/x", True),
        ("https://notcorp.example/x", False),
    ],
)
def test_no_proxy_names_hosts_and_what_is_below(url: str, expected: bool) -> None:
    assert bypasses(url, "other.example, .corp.example") is expected
