"""Everything that a customer's trip needs, as real processes around a database of its own."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import requests

from pilotage.imports.collectors.registry import ALL_PERMISSIONS
from pilotage.onboarding.actions import start_consent, start_sign_in
from tests.conftest import Running
from tests.microsoft.stage import Control

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Stack:
    """Addresses of what runs, and ways to move the scenery."""

    url: str
    database_url: str
    mailbox_url: str
    control: Control

    def tenant(self, name: str, users: int = 60) -> str:
        """A tenant in the simulator; its domain. People: admin@, user@, guest@ …"""
        domain = f"{name}-{secrets.token_hex(3)}.example"
        wanted = {"name": f"{name.title()} Foods", "domain": domain, "seed": 7, "users": users}
        self.control.call("POST", "/tenants", wanted)
        return domain

    def mail_to(self, address: str) -> dict[str, Any]:
        """The latest mail to that address; waits for it."""
        end = time.monotonic() + 15
        while time.monotonic() < end:
            found = self._mailbox(f"?to={address}")["messages"]
            if found:
                return self._mailbox(f"/{found[0]['id']}")
            time.sleep(0.1)
        raise AssertionError(f"No mail to {address} within 15 s")

    def run_sql(self, statement: str, *values: object) -> None:
        """Move something that only time would move, such as the end of a link."""
        with psycopg.connect(self.database_url) as connection:
            connection.execute(statement, values)

    def _mailbox(self, rest: str) -> dict[str, Any]:
        session = requests.Session()
        session.trust_env = False
        answer = session.get(f"{self.mailbox_url}/api/messages{rest}", timeout=5)
        assert answer.ok, answer.text
        found: Any = answer.json()
        return found if isinstance(found, dict) else {"messages": found}


@contextmanager
def running(folder: Path, simulator: Running, mailbox: Running) -> Iterator[Stack]:
    """Database, cast, web and worker; all of it ends with the block."""
    port = free_port()
    url = f"http://localhost:{port}"
    with database() as database_url:
        settings = _settings(url, database_url, simulator, mailbox)
        control = Control(simulator["control_url"], simulator["ca_file"])
        _register(control, url, settings)
        environment = _environment(folder, settings)
        for command in (["pilotage", "migrate", "--verbosity", "0"], ["tests.e2e.prepare"]):
            subprocess.run(_python(command), env=environment, cwd=ROOT, check=True, timeout=120)
        serve = ["pilotage", "serve", "--port", str(port), "--workers", "1"]
        children = [
            _start(command, environment, folder) for command in (serve, ["pilotage", "worker"])
        ]
        try:
            _wait_until_answering(url, children, folder)
            yield Stack(url, database_url, mailbox["http_url"], control)
        finally:
            for child in children:
                child.send_signal(signal.SIGTERM)
            for child in children:
                child.wait(20)


@contextmanager
def database() -> Iterator[str]:
    """An empty database beside the one of the other tests."""
    url = urlsplit(os.environ["PILOTAGE_DATABASE_URL"])
    name = f"e2e_{secrets.token_hex(4)}"
    with psycopg.connect(urlunsplit(url), autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
    try:
        yield urlunsplit(url._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(urlunsplit(url), autocommit=True) as connection:
            connection.execute(f'drop database "{name}" with (force)')


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(url: str, database_url: str, simulator: Running, mailbox: Running) -> dict[str, str]:
    return {
        "PILOTAGE_DEMO": "1",
        "PILOTAGE_BASE_URL": url,
        "PILOTAGE_DATABASE_URL": database_url,
        "PILOTAGE_SECRET_KEY": secrets.token_urlsafe(48),
        "PILOTAGE_EMAIL_URL": mailbox["smtp_url"],
        "PILOTAGE_MICROSOFT_LOGIN_URL": simulator["https_url"],
        "PILOTAGE_GRAPH_URL": simulator["https_url"],
        "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_ID": str(uuid4()),
        "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_SECRET": secrets.token_urlsafe(24),
        "PILOTAGE_MICROSOFT_IMPORT_CLIENT_ID": str(uuid4()),
        "PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET": secrets.token_urlsafe(24),
        "SSL_CERT_FILE": simulator["ca_file"],
    }


def _register(control: Control, url: str, settings: dict[str, str]) -> None:
    sign_in = {
        "client_id": settings["PILOTAGE_MICROSOFT_SIGNIN_CLIENT_ID"],
        "name": "Pilotage sign-in",
        "client_secrets": [settings["PILOTAGE_MICROSOFT_SIGNIN_CLIENT_SECRET"]],
        "redirect_uris": [url + start_sign_in.REDIRECT_PATH],
        "group_membership_claims": "DirectoryRole",
    }
    reading = {
        "client_id": settings["PILOTAGE_MICROSOFT_IMPORT_CLIENT_ID"],
        "name": "Pilotage import",
        "client_secrets": [settings["PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET"]],
        "redirect_uris": [url + start_consent.REDIRECT_PATH],
        "required_roles": sorted(ALL_PERMISSIONS),
    }
    for application in (sign_in, reading):
        control.call("POST", "/applications", application)


def _environment(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PILOTAGE_", "DJANGO_"))}
    without_proxy = {k: v for k, v in kept.items() if not k.lower().endswith("_proxy")}
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PILOTAGE_DATA_DIR": str(folder)}
    return {**without_proxy, **paths, **settings}


def _python(arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", *arguments]


def _start(
    command: list[str], environment: dict[str, str], folder: Path
) -> "subprocess.Popen[bytes]":
    log = (folder / f"{command[1]}.log").open("wb")
    return subprocess.Popen(
        _python(command), env=environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
    )


def _wait_until_answering(
    url: str, children: "list[subprocess.Popen[bytes]]", folder: Path
) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + 30
    while True:
        try:
            with opener.open(f"{url}/demo/sign-in", timeout=5):
                return
        except OSError:
            logs = "\n".join(p.read_text()[-1500:] for p in folder.glob("*.log"))
            ended = any(child.poll() is not None for child in children)
            assert not ended and time.monotonic() < end, f"The pages do not answer.\n{logs}"
            time.sleep(0.1)
