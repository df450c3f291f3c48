"""The way to Microsoft: what the simulator cannot play itself, real servers play."""

import json
from pathlib import Path

from tests.imports.errors_shown.case import Case, Scene
from tests.microsoft.listener import Reply, listening

CLOSED = "https://127.0.0.1:9"
HTML = b"<html><body>Accept the terms of this network.</body></html>"


def _page(_: str) -> Reply:
    return 200, {"Content-Type": "text/html"}, HTML


def graph_at(url: str, code: str) -> Case:
    def play(scene: Scene) -> None:
        scene.set_microsoft(graph_url=url)

    return Case(code, play, collector="", is_microsofts=False)


def _graph_with_certificate(days: float) -> "Case":
    def play(scene: Scene) -> None:
        trusted = scene.enter(listening(_new(scene, "trusted"), _page, is_authority=True))
        server = trusted
        if days > 0:
            server = scene.enter(listening(_new(scene, "other"), _page))
        else:
            server = scene.enter(listening(_new(scene, "old"), _page, ends_in_days=days))
            trusted = server
        bundle = scene.folder / "bundle.pem"
        known = Path(scene.settings.MICROSOFT.ca_file).read_text()
        bundle.write_text(known + Path(trusted.ca_file).read_text())
        scene.set_microsoft(graph_url=server.url, ca_file=str(bundle))

    code = "graph_certificate_refused" if days > 0 else "graph_certificate_expired"
    return Case(code, play, collector="", is_microsofts=False)


def _blocked(scene: Scene) -> None:
    scene.fault("html_200", r"^/v1\.0/", status=403)


def _no_sign_in(scene: Scene) -> None:
    scene.set_microsoft(login_url=CLOSED)


def _sign_in_of_nobody(scene: Scene) -> None:
    server = scene.enter(listening(_new(scene, "nobody"), _page))
    scene.set_microsoft(login_url=server.url)


def _sign_in_is_a_page(scene: Scene) -> None:
    sign_in_by(scene, _page)


def sign_in_by(scene: Scene, reply: "type[Reply] | object") -> None:
    """The sign-in address is a trusted server that answers as it likes."""
    server = scene.enter(listening(_new(scene, "login"), reply, is_authority=True))  # type: ignore[arg-type]
    bundle = scene.folder / "login-bundle.pem"
    known = Path(scene.settings.MICROSOFT.ca_file).read_text()
    bundle.write_text(known + Path(server.ca_file).read_text())
    scene.set_microsoft(login_url=server.url, ca_file=str(bundle))


def odd_discovery(_: str) -> Reply:
    """A description that sends the credential to a plain address."""
    told = {
        "issuer": "https://login.evil.example/{tenantid}/v2.0",
        "authorization_endpoint": "https://login.evil.example/authorize",
        "token_endpoint": "http://login.evil.example/token",
    }
    return 200, {"Content-Type": "application/json"}, json.dumps(told).encode()


def _new(scene: Scene, name: str) -> Path:
    folder = scene.folder / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


CASES = [
    graph_at(CLOSED, "graph_unreachable"),
    graph_at("https://graph.invalid", "graph_name_unknown"),
    _graph_with_certificate(1),
    _graph_with_certificate(-1),
    Case("blocked_on_the_way", _blocked, collector="", is_microsofts=False),
    Case("identity_unreachable", _no_sign_in, collector="", is_microsofts=False),
    Case("identity_certificate_refused", _sign_in_of_nobody, collector="", is_microsofts=False),
    Case("identity_answer_unreadable", _sign_in_is_a_page, collector="", is_microsofts=False),
]
