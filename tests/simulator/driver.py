"""Drives the simulator over HTTP the way its users do."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

CLIENT_ID = "6a1f0c55-8e8b-4c0e-9d55-1f4f0b5f00aa"
SECRET = "a client secret of the tests"
REDIRECT = "http://localhost:8000/auth/callback"
SCOPE = "https://graph.microsoft.com/.default"
IMPORT_ROLES = [
    "AdministrativeUnit.Read.All",
    "Application.Read.All",
    "AuditLog.Read.All",
    "Device.Read.All",
    "Domain.Read.All",
    "GroupMember.Read.All",
    "LicenseAssignment.Read.All",
    "Organization.Read.All",
    "RoleManagement.Read.Directory",
    "User.Read.All",
]
Json = dict[str, Any]


@dataclass(frozen=True)
class Tenant:
    """A tenant in the simulator."""

    id: str
    domain: str


class Simulator:
    """A session that trusts the simulator's CA, and short ways to its parts."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.url: str = facts["https_url"]
        self.browser_url: str = facts["browser_url"]
        self.ca_file: str = facts["ca_file"]
        self.pid: int = facts["pid"]
        self.http = self.new_session()

    def new_session(self) -> requests.Session:
        """A browser of its own: no cookies yet, no proxies from the environment."""
        session = requests.Session()
        session.trust_env = False
        session.verify = self.ca_file
        return session

    def control(self, method: str, path: str, body: object = None) -> Any:
        """The control API; a refusal fails the test."""
        response = self.raw_control(method, path, body)
        assert response.ok, response.text
        return response.json() if response.content else None

    def raw_control(self, method: str, path: str, body: object = None) -> requests.Response:
        content = None if body is None else json.dumps(body)
        url = f"{self.url}/_simulator/api/{path}"
        return self.http.request(method, url, data=content, timeout=60)

    def register(self, **values: Any) -> None:
        self.control("POST", "applications", values)

    def add_tenant(self, domain: str, **values: Any) -> Tenant:
        made = self.control("POST", "tenants", {"name": "Contoso", "domain": domain, **values})
        return Tenant(made["tenant_id"], domain)

    def fault(self, kind: str, **values: Any) -> None:
        self.control("POST", "faults", {"kind": kind, **values})

    def truth(self, tenant: Tenant, resource: str) -> list[Json]:
        response = self.raw_control("GET", f"tenants/{tenant.id}/truth/{resource}")
        assert response.ok, response.text
        return [json.loads(line) for line in response.text.splitlines()]

    def accounts(self, tenant: Tenant) -> dict[str, Json]:
        """The cast by the part before the @."""
        found = self.control("GET", f"tenants/{tenant.id}/accounts")
        return {account["login"].partition("@")[0]: account for account in found}

    # The identity platform

    def token_request(self, tenant: str, **form: str) -> requests.Response:
        return self.http.post(f"{self.url}/{tenant}/oauth2/v2.0/token", data=form, timeout=30)

    def app_token_request(self, tenant: str, **form: str) -> requests.Response:
        """Client credentials as they should be, unless a value is replaced."""
        usual = {
            "grant_type": "client_credentials",
            "client_id": CLIENT_ID,
            "client_secret": SECRET,
            "scope": SCOPE,
        }
        return self.token_request(tenant, **{**usual, **form})

    def app_token(self, tenant: Tenant) -> str:
        response = self.app_token_request(tenant.id)
        assert response.ok, response.text
        return str(response.json()["access_token"])

    # Microsoft Graph

    def graph(
        self, tenant: Tenant, path: str, *, token: str | None = None, **headers: str
    ) -> requests.Response:
        """GET below /v1.0, or a whole nextLink."""
        url = path if path.startswith("https://") else f"{self.url}/v1.0/{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        bearer = f"Bearer {token or self.app_token(tenant)}"
        return self.http.get(url, headers={"Authorization": bearer, **named}, timeout=60)

    def pages(self, tenant: Tenant, path: str, **headers: str) -> list[Json]:
        """All pages of a chain."""
        token, link, found = self.app_token(tenant), path, []
        while link:
            response = self.graph(tenant, link, token=token, **headers)
            assert response.ok, response.text
            found.append(response.json())
            link = found[-1].get("@odata.nextLink", "")
        return found

    def items(self, tenant: Tenant, path: str, **headers: str) -> list[Json]:
        return [item for page in self.pages(tenant, path, **headers) for item in page["value"]]

    def batch(self, tenant: Tenant, requested: list[Json]) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.app_token(tenant)}"}
        url = f"{self.url}/v1.0/$batch"
        return self.http.post(url, json={"requests": requested}, headers=headers, timeout=60)


@dataclass
class SignIn:
    """An authorization request, and what came back to the application."""

    verifier: str
    state: str
    nonce: str
    url: str

    @staticmethod
    def begin(sim: Simulator, tenant: str, **query: str) -> SignIn:
        """A code request with PKCE, state and nonce; a query value of "" leaves it out."""
        verifier, state, nonce = (secrets.token_urlsafe(43) for _ in range(3))
        digest = hashlib.sha256(verifier.encode()).digest()
        usual = {
            "client_id": CLIENT_ID,
            "response_type": "code",
            "redirect_uri": REDIRECT,
            "scope": "openid profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        wanted = {name: value for name, value in {**usual, **query}.items() if value}
        base = f"{sim.url}/{tenant}/oauth2/v2.0/authorize"
        return SignIn(verifier, state, nonce, f"{base}?{urlencode(wanted)}")

    def choose(self, browser: requests.Session, login: str) -> requests.Response:
        """Choose an account on the page, without following the way back."""
        assert browser.get(self.url, timeout=30).status_code == 200
        return self.press(browser, account=login)

    def press(self, browser: requests.Session, **form: str) -> requests.Response:
        return browser.post(self.url, data=form, allow_redirects=False, timeout=30)

    def redeem(self, sim: Simulator, tenant: str, code: str, **form: str) -> requests.Response:
        usual = {
            "grant_type": "authorization_code",
            "client_id": CLIENT_ID,
            "client_secret": SECRET,
            "code": code,
            "redirect_uri": REDIRECT,
            "code_verifier": self.verifier,
        }
        return sim.token_request(tenant, **{**usual, **form})


def returned(response: requests.Response) -> dict[str, str]:
    """What the browser carried back to the application in the query."""
    assert response.status_code == 302, response.text[:2000]
    location = response.headers["location"]
    assert location.startswith(REDIRECT)
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def aadsts(response: requests.Response) -> int:
    """The AADSTS number of a token error or an error page."""
    found = re.search(r"AADSTS(\d+)", response.text)
    assert found, response.text[:500]
    return int(found.group(1))


def claims(token: str) -> Json:
    """The claims of a token, unverified."""
    part = token.split(".")[1]
    decoded: Json = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return decoded
