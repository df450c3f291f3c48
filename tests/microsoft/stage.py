"""The stage of these tests: one tenant and two applications in the running simulator."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import requests

from pilotage.kernel import clock
from pilotage.microsoft.graph import GraphClient, Hooks, TenantThrottle
from pilotage.microsoft.identity import (
    AppTokens,
    SignedInAdmin,
    SignInStart,
    finish_sign_in,
    start_sign_in,
)
from pilotage.microsoft.settings import MicrosoftSettings

REDIRECT = "https://portal.example.com/auth/entra/callback"
CONSENT_REDIRECT = "https://portal.example.com/auth/consent"
ROLES = frozenset(
    {"User.Read.All", "GroupMember.Read.All", "Organization.Read.All", "Device.Read.All",
     "RoleManagement.Read.Directory", "Directory.Read.All"}
)  # fmt: skip


class Control:
    """The simulator's control API."""

    def __init__(self, url: str, ca_file: str) -> None:
        self._url = f"{url}/api"
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = ca_file

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The decoded answer; fails the test when the simulator refuses."""
        answer = self._session.request(method, self._url + path, json=body, timeout=10)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    @contextmanager
    def fault(self, kind: str, **rest: Any) -> Iterator[None]:
        """The fault is on inside the block."""
        made = self.call("POST", "/faults", {"kind": kind, **rest})
        try:
            yield
        finally:
            self.call("DELETE", f"/faults/{made['id']}")


class FakeTime:
    """A clock that only sleeping moves, so that no test waits."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def total(self) -> float:
        return sum(self.slept)


@dataclass
class Stage:
    """Where the simulator is, how to control it, and who is in the tenant."""

    control: Control
    settings: MicrosoftSettings
    tenant_id: UUID
    domain: str
    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def oid(self, name: str) -> UUID:
        """The object id of `admin`, `user`, …"""
        return UUID(self.accounts[f"{name}@{self.domain}"]["oid"])

    def consent(self, roles: list[str] | None = None) -> None:
        self.control.call("PUT", self._consent_path, {"roles": roles})

    def revoke(self) -> None:
        self.control.call("DELETE", self._consent_path)

    def another_tenant(self) -> "Stage":
        """A tenant of its own that has consented too."""
        domain = f"quay-{secrets.token_hex(4)}.example"
        wanted = {"name": "Quay Foods", "domain": domain, "seed": 8, "users": 60}
        made = self.control.call("POST", "/tenants", wanted)
        found = Stage(self.control, self.settings, UUID(made["tenant_id"]), domain)
        found.consent()
        return found

    @property
    def _consent_path(self) -> str:
        return f"/tenants/{self.tenant_id}/consents/{self.settings.import_client_id}"

    def requests_seen(self) -> list[dict[str, Any]]:
        """The latest requests about this tenant."""
        seen = self.control.call("GET", f"/requests?tenant={self.tenant_id}&count=500")
        return list(seen["requests"])

    def graph_requests(self) -> int:
        """How many requests to Graph there were about this tenant."""
        return sum(seen["target"].startswith("/v1.0/") for seen in self.requests_seen())

    def counters(self) -> dict[str, Any]:
        return dict(self.control.call("GET", f"/requests?tenant={self.tenant_id}")["counters"])

    def client(self, time: FakeTime | None = None, **rest: Any) -> GraphClient:
        """A client with a throttle and tokens of its own; with `time` it never really sleeps."""
        throttle = TenantThrottle(monotonic=time.monotonic) if time else TenantThrottle()
        hooks = Hooks(sleep=time.sleep) if time else Hooks()
        given = {"throttle": throttle, "hooks": hooks, **rest}
        return GraphClient(self.settings, self.tenant_id, AppTokens(self.settings), **given)

    def with_settings(self, **changes: Any) -> MicrosoftSettings:
        return replace(self.settings, **changes)


def browser() -> requests.Session:
    """A person's browser, as far as these pages need one."""
    session = requests.Session()
    session.trust_env = False
    return session


def press(session: requests.Session, url: str, **form: str) -> dict[str, str]:
    """Open a page and press a button; the query of the redirect back to the portal, or {}."""
    page = session.get(url, timeout=10)
    assert page.status_code == 200, page.text
    answer = session.post(url, data=form, allow_redirects=False, timeout=10)
    return came_back(answer)


def came_back(answer: requests.Response) -> dict[str, str]:
    """What the portal gets; {} when the person stays on a page of Microsoft's."""
    location = answer.headers.get("Location", "")
    if not re.match(r"https://portal\.example\.com/", location):
        return {}
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def sign_in(stage: Stage, account: str) -> tuple[SignInStart, dict[str, str]]:
    """Sign in by hand as `account`; what was kept, and what came back."""
    start = start_sign_in(stage.settings, redirect_uri=REDIRECT)
    return start, press(browser(), start.url, account=account)


def finished(
    settings: MicrosoftSettings, start: SignInStart, answer: dict[str, str], **changes: Any
) -> SignedInAdmin:
    """`finish_sign_in` with what the sign-in left, or with `changes` to it."""
    given: dict[str, Any] = {
        "code": answer["code"],
        "redirect_uri": REDIRECT,
        "verifier": start.verifier,
        "nonce": start.nonce,
        "now": clock.now(),
    }
    return finish_sign_in(settings, **(given | changes))
