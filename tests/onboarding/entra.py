"""The way of a customer's admin through our pages and the simulator's, by hand."""

import html
import re
import secrets
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import requests
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client

from pilotage.customers.models import Customer
from pilotage.imports.collectors.registry import ALL_PERMISSIONS
from pilotage.kernel.actor import system_actor
from pilotage.microsoft.settings import MicrosoftSettings
from pilotage.onboarding.actions.prove_consent import prove_consent
from pilotage.onboarding.link_token import token_of
from pilotage.onboarding.models import ActivationLink, ActivationSession
from tests.conftest import Running
from tests.microsoft.stage import Control, browser

BASE = "http://localhost:8000"
SIGN_IN_RETURN, CONSENT_RETURN = "/auth/entra/callback", "/auth/entra/consent"
Query = dict[str, str]


@dataclass
class Tenant:
    """A tenant in the simulator with its five people."""

    control: Control
    import_client_id: str
    tenant_id: UUID
    domain: str
    oids: dict[str, UUID]

    def person(self, name: str) -> str:
        """The sign-in name of admin, pra, appadmin, user or guest."""
        return f"{name}@{self.domain}"

    def consent(self, roles: list[str] | None = None) -> None:
        """The import application has been granted its permissions, some other day."""
        self.control.call("PUT", self._consent, {"roles": roles})

    def revoke(self) -> None:
        """Take the consent back, if there is one."""
        consents = self.control.call("GET", f"/tenants/{self.tenant_id}/consents")
        if any(self.import_client_id in str(one) for one in consents):
            self.control.call("DELETE", self._consent)

    @property
    def _consent(self) -> str:
        return f"/tenants/{self.tenant_id}/consents/{self.import_client_id}"


@dataclass
class Entra:
    """The simulator with our two applications in it."""

    control: Control
    settings: MicrosoftSettings
    tenants: dict[str, Tenant] = field(default_factory=dict)

    def tenant(self, name: str) -> Tenant:
        """The tenant of that name, made when it is asked for first; without any consent."""
        if name not in self.tenants:
            self.tenants[name] = self._made(name)
        self.tenants[name].revoke()
        return self.tenants[name]

    def _made(self, name: str) -> Tenant:
        domain = f"{name}-{secrets.token_hex(4)}.example"
        wanted = {"name": f"{name.title()} Foods", "domain": domain, "seed": 7, "users": 40}
        tenant_id = self.control.call("POST", "/tenants", wanted)["tenant_id"]
        people = self.control.call("GET", f"/tenants/{tenant_id}/accounts")
        oids = {one["login"].split("@")[0]: UUID(one["oid"]) for one in people}
        client_id = self.settings.import_client_id
        return Tenant(self.control, client_id, UUID(tenant_id), domain, oids)


def register(simulator: Running, base: MicrosoftSettings) -> Entra:
    """Make our applications known in the simulator, with their addresses on this portal."""
    ours = replace(
        base,
        login_url=simulator["https_url"],
        graph_url=simulator["https_url"],
        ca_file=simulator["ca_file"],
        signin_client_id=str(uuid4()),
        import_client_id=str(uuid4()),
    )
    control = Control(simulator["control_url"], simulator["ca_file"])
    sign_in = {
        "client_id": ours.signin_client_id,
        "name": "Pilotage sign-in",
        "client_secrets": [ours.signin_client_secret],
        "redirect_uris": [BASE + SIGN_IN_RETURN],
        "group_membership_claims": "DirectoryRole",
    }
    reading = {
        "client_id": ours.import_client_id,
        "name": "Pilotage import",
        "client_secrets": [ours.import_client_secret],
        "redirect_uris": [BASE + CONSENT_RETURN],
        "required_roles": sorted(ALL_PERMISSIONS),
    }
    for application in (sign_in, reading):
        control.call("POST", "/applications", application)
    return Entra(control, ours)


def token_for(customer: Customer) -> str:
    """The token that stands in the customer's mail."""
    return token_of(ActivationLink.objects.get(customer=customer))


class Browser:
    """One browser: our cookies in a Django client, Microsoft's in a requests session."""

    def __init__(self) -> None:
        self.ours = Client()
        self.theirs: requests.Session = browser()

    def open(self, token: str) -> Any:
        """What the page's script does with the fragment."""
        return self.ours.post("/activate", {"token": token})

    def leave(self, path: str) -> str:
        """Press the button that leads to Microsoft; the address it leads to."""
        page = self.ours.post(path)
        assert page.status_code == 200, page.content.decode()
        found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
        assert found, "the page leads on by itself"
        return html.unescape(found[1])

    def at_microsoft(self, address: str, **form: str) -> Query:
        """Open Microsoft's page and press a button; what the browser comes back with, or {}."""
        page = self.theirs.get(address, timeout=10)
        if page.status_code != 200:
            return {}
        answer = self.theirs.post(address, data=form, allow_redirects=False, timeout=10)
        parts = urlsplit(answer.headers.get("Location", ""))
        if f"{parts.scheme}://{parts.netloc}" != BASE:
            return {}
        return {name: values[0] for name, values in parse_qs(parts.query).items()}

    def fetch_code(self, account: str) -> Query:
        """Sign in at Microsoft, but do not come back yet."""
        return self.at_microsoft(self.leave("/activate/sign-in"), account=account)

    def sign_in(self, account: str) -> Any:
        """The whole sign-in."""
        return self.ours.get(SIGN_IN_RETURN, self.fetch_code(account))

    def fetch_consent(self, account: str) -> Query:
        """Consent at Microsoft, but do not come back yet."""
        address = self.leave("/activate/consent")
        return self.at_microsoft(address, account=account, action="accept")

    def consent(self, account: str) -> Any:
        """The whole consent."""
        return self.ours.get(CONSENT_RETURN, self.fetch_consent(account))

    @property
    def session(self) -> ActivationSession:
        """The session of this browser's cookie."""
        from pilotage.onboarding.sessions import sha256

        cookie = self.ours.cookies[django_settings.ACTIVATION_COOKIE_NAME].value
        return ActivationSession.objects.get(secret_sha256=sha256(cookie))


def work() -> None:
    """What the worker does: prove every consent that anybody has come back with."""
    for session_id in ActivationSession.objects.values_list("id", flat=True):
        prove_consent(system_actor("onboarding"), session_id)


def activated(customer: Customer, tenant: Tenant, person: str = "admin") -> Browser:
    """A browser that has gone the whole way, and the worker has proven it."""
    visit = Browser()
    assert visit.open(token_for(customer)).status_code == 303
    answer: HttpResponse = visit.sign_in(tenant.person(person))
    assert answer.status_code == 303, answer.content.decode()
    assert visit.consent(tenant.person(person)).status_code == 303
    work()
    return visit
