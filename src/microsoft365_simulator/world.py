"""All that one simulator knows: tenants, applications, consents, faults, keys, traffic."""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec

from microsoft365_simulator import certificates, clock, snapshot
from microsoft365_simulator.applications import Consent, Registration
from microsoft365_simulator.faults.definition import Fault
from microsoft365_simulator.faults.engine import FaultEngine
from microsoft365_simulator.graph.page_cache import PageCache
from microsoft365_simulator.graph.throttling import Throttle
from microsoft365_simulator.identity.grants import Grants
from microsoft365_simulator.identity.signing_keys import SigningKeys
from microsoft365_simulator.request_log import RequestLog
from microsoft365_simulator.sealed import Seal
from microsoft365_simulator.tenants.change_request import ChangeRequest, Principal
from microsoft365_simulator.tenants.changes import Player, UnknownObject
from microsoft365_simulator.tenants.definition import TenantDefinition, TenantRequest, define
from microsoft365_simulator.tenants.directory import Directory


class Config(msgspec.Struct, forbid_unknown_fields=True):
    """The file given with --config: what is there from the first start on."""

    applications: list[Registration] = []
    tenants: list[TenantRequest] = []


class World:
    """The simulator's state; whatever has to outlive it is saved at once."""

    def __init__(
        self, state_dir: Path, *, https_url: str, browser_url: str | None, page_cache_bytes: int
    ) -> None:
        self.https_url = https_url
        self.browser_url = browser_url
        self._path = state_dir / "state.json"
        self._kept = snapshot.load(self._path)
        self._directories: dict[str, Directory] = {}
        self.keys = SigningKeys(state_dir / "signing-keys")
        self.seal = Seal(_secret(state_dir / "secret"))
        self.faults = FaultEngine(self._kept.faults)
        self.pages = PageCache(page_cache_bytes)
        self.throttle = Throttle()
        self.grants = Grants()
        self.log = RequestLog()

    def configure(self, path: Path) -> None:
        """Add what the file names and is not there yet; raises msgspec.ValidationError."""
        config = msgspec.json.decode(path.read_bytes(), type=Config)
        for registration in config.applications:
            self._kept.applications.setdefault(registration.client_id, registration)
        for request in config.tenants:
            definition = define(request)
            self._kept.tenants.setdefault(definition.tenant_id, definition)
        self._save()

    def _save(self) -> None:
        self._kept.faults = [item.fault for item in self.faults.active]
        snapshot.save(self._path, self._kept)

    # Tenants

    def tenants(self) -> list[TenantDefinition]:
        return list(self._kept.tenants.values())

    def tenant(self, id_or_domain: str) -> TenantDefinition | None:
        """A tenant by id or by one of its domains."""
        name = id_or_domain.lower()
        if name in self._kept.tenants:
            return self._kept.tenants[name]
        first = name.removesuffix(".onmicrosoft.com")
        return next(
            (
                item
                for item in self._kept.tenants.values()
                if item.domain == name
                or (name.endswith(".onmicrosoft.com") and item.domain.split(".")[0] == first)
            ),
            None,
        )

    def add_tenant(self, request: TenantRequest) -> TenantDefinition:
        """Define a tenant, or redefine it; raises ValueError, also when the domain is taken."""
        definition = define(request)
        holder = self.tenant(definition.domain)
        if holder and holder.tenant_id != definition.tenant_id:
            raise ValueError(f"{definition.domain} is the domain of tenant {holder.tenant_id}.")
        self._forget_directory(definition.tenant_id)
        self._kept.changes.pop(definition.tenant_id, None)
        self._kept.tenants[definition.tenant_id] = definition
        for client_id in self._kept.consents.get(definition.tenant_id, {}):
            self._leave_principal(definition.tenant_id, client_id)
        self._save()
        return definition

    def remove_tenant(self, tenant_id: str) -> bool:
        self._forget_directory(tenant_id)
        self._kept.changes.pop(tenant_id, None)
        self._kept.consents.pop(tenant_id, None)
        found = self._kept.tenants.pop(tenant_id, None)
        self._save()
        return found is not None

    def directory(self, tenant_id: str) -> Directory:
        """The tenant's directory, made when first asked for; raises KeyError when unknown."""
        directory = self._directories.get(tenant_id)
        if directory is None:
            directory = Directory(self._kept.tenants[tenant_id])
            for change in self._kept.changes.get(tenant_id, []):
                Player(directory, change).play()
            self._directories[tenant_id] = directory
        return directory

    def play(self, tenant_id: str, change: ChangeRequest) -> dict[str, int]:
        """Play changes and log them; raises UnknownObject, KeyError for an unknown tenant."""
        try:
            done = Player(self.directory(tenant_id), change).play()
        except UnknownObject:
            # Half of it may have been played; the log still knows how things were.
            self._directories.pop(tenant_id, None)
            raise
        self._kept.changes.setdefault(tenant_id, []).append(change)
        self._save()
        return done

    def _forget_directory(self, tenant_id: str) -> None:
        self._directories.pop(tenant_id, None)
        self.pages.forget(tenant_id)

    # Applications and consents

    def applications(self) -> list[Registration]:
        return list(self._kept.applications.values())

    def application(self, client_id: str) -> Registration | None:
        return self._kept.applications.get(client_id.lower())

    def put_application(self, registration: Registration) -> None:
        """Register or replace an application; raises ValueError for a bad certificate."""
        registration.loaded_certificates()
        self._kept.applications[registration.client_id] = registration
        self._save()

    def consents(self, tenant_id: str) -> dict[str, Consent]:
        return self._kept.consents.get(tenant_id, {})

    def grant(self, tenant_id: str, client_id: str, roles: list[str]) -> Consent:
        """The tenant consents; its directory then has the application's service principal."""
        granted = self._kept.consents.setdefault(tenant_id, {})
        is_new = client_id not in granted
        granted[client_id] = Consent(roles=sorted(set(roles)), granted_at=clock.now())
        if is_new:
            self._leave_principal(tenant_id, client_id)
        self._save()
        return granted[client_id]

    def revoke(self, tenant_id: str, client_id: str) -> bool:
        """Take the consent away; true when there was one."""
        if self._kept.consents.get(tenant_id, {}).pop(client_id, None) is None:
            return False
        self.play(tenant_id, ChangeRequest(principals_removed=[client_id]))
        return True

    def _leave_principal(self, tenant_id: str, client_id: str) -> None:
        registration = self.application(client_id)
        name = registration.name if registration else client_id
        principal = Principal(app_id=client_id, name=name)
        self.play(tenant_id, ChangeRequest(principals_added=[principal]))

    def principal_id(self, tenant_id: str, client_id: str) -> str:
        """The object id of the service principal that consent left in the tenant."""
        principals = self.directory(tenant_id).collections["servicePrincipals"]
        index = next(
            index
            for index, alteration in principals.altered.items()
            if alteration.patch.get("appId") == client_id and principals.exists(index)
        )
        return principals.id_of(index)

    # Faults

    def put_fault(self, fault: Fault) -> Fault:
        fault.id = fault.id or f"{fault.kind}-{secrets.token_hex(3)}"
        self.faults.put(fault)
        self._save()
        return fault

    def remove_fault(self, fault_id: str) -> bool:
        found = self.faults.remove(fault_id)
        self._save()
        return found

    def remove_faults(self) -> None:
        self.faults.active.clear()
        self._save()

    def reset(self) -> None:
        """Forget everything but the keys and the certificate."""
        self._kept = snapshot.Snapshot()
        self._directories.clear()
        self.pages.clear()
        self.faults = FaultEngine([])
        self.throttle = Throttle()
        self.grants = Grants()
        self.log = RequestLog()
        self._save()


def _secret(path: Path) -> bytes:
    """The key of page tokens and sign-in cookies, kept so that a restart honours them."""
    if not path.exists():
        certificates.write_private(path, secrets.token_bytes(32))
    return path.read_bytes()
