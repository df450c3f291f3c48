"""The stage of these tests: a connected customer, and its tenant in the running simulator."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model
from procrastinate.contrib.django.models import ProcrastinateJob

from pilotage.customers.models import Customer, TenantConnection
from pilotage.directory import models as directory
from pilotage.imports.actions.request_import import request_import
from pilotage.imports.models import CollectorProgress, ImportRun
from pilotage.imports.run.drive import drive
from pilotage.kernel import clock
from tests.cast import World
from tests.microsoft.stage import Control

# How the simulator calls what our tables hold, and the keys to compare by.
TRUTHS: dict[str, tuple[type[Model], tuple[str, ...], tuple[str, ...]]] = {
    "users": (directory.User, ("id", "userPrincipalName"), ("id", "user_principal_name")),
    "groups": (directory.Group, ("id",), ("id",)),
    "memberships": (directory.Membership, ("group_id", "member_id"), ("group_id", "member_id")),
    "devices": (directory.Device, ("id",), ("id",)),
    "service-principals": (directory.ServicePrincipal, ("id",), ("id",)),
    "directory-roles": (directory.DirectoryRole, ("id",), ("id",)),
    "role-members": (directory.RoleMember, ("role_id", "member_id"), ("role_id", "member_id")),
    "administrative-units": (directory.AdministrativeUnit, ("id",), ("id",)),
    "administrative-unit-members": (
        directory.AdministrativeUnitMember,
        ("unit_id", "member_id"),
        ("unit_id", "member_id"),
    ),
    "app-role-assignments": (
        directory.AppRoleAssignment,
        ("id", "resourceId", "principalId", "principalType", "appRoleId"),
        ("id", "resource_id", "principal_id", "principal_type", "app_role_id"),
    ),
    "domains": (directory.Domain, ("id",), ("id",)),
    "subscribed-skus": (directory.SubscribedSku, ("id",), ("id",)),
}


class TenantControl(Control):
    """The control API, with the streamed truth."""

    def text(self, path: str) -> str:
        answer = self._session.get(self._url + path, timeout=60)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
        return answer.text


@dataclass
class Stage:
    """One customer of Harbour Cloud with a tenant that has consented to everything."""

    world: World
    control: TenantControl
    client_id: str
    tenant_id: UUID
    customer: Customer

    def consent(self, roles: list[str] | None = None) -> None:
        self.control.call("PUT", self._consent_path, {"roles": roles})

    def revoke(self) -> None:
        self.control.call("DELETE", self._consent_path)

    @property
    def _consent_path(self) -> str:
        return f"/tenants/{self.tenant_id}/consents/{self.client_id}"

    @contextmanager
    def fault(self, kind: str, path: str = "", **rest: Any) -> Iterator[None]:
        """The fault is on for this tenant inside the block; `path` is a regular expression."""
        match = {"tenant_id": str(self.tenant_id), **({"path": path} if path else {})}
        with self.control.fault(kind, match=match, **rest):
            yield

    def change(self, **changes: Any) -> dict[str, Any]:
        """Let something happen in the tenant."""
        return dict(self.control.call("POST", f"/tenants/{self.tenant_id}/changes", changes))

    def request(self, *, is_full: bool = True) -> ImportRun:
        return request_import(self.world.editor, self.customer.id, is_full=is_full)

    def run(self, run: ImportRun | None = None) -> ImportRun:
        """Do what the job does, as often as the run can go on at once."""
        run = run or self.request()
        drive(run.id)
        run.refresh_from_db()
        return run

    def once_read(self, run: ImportRun, name: str = "users") -> Callable[[], bool]:
        """A `should_stop` that stops as soon as a page of this collector is stored."""
        return lambda: self.collector(run, name).page_number > 0

    def collector(self, run: ImportRun, name: str) -> CollectorProgress:
        return run.collectors.get(collector=name)

    def age_consent(self, days: int = 1) -> None:
        """Let the consent be old enough that nothing is put down to its spreading any more."""
        since = clock.now() - timedelta(days=days)
        TenantConnection.objects.filter(customer=self.customer).update(bound_at=since)

    def truth(self, resource: str) -> set[tuple[str, ...]]:
        """What the simulator says is in the tenant."""
        keys = TRUTHS[resource][1]
        return {tuple(row[key] for key in keys) for row in self.truth_rows(resource)}

    def truth_rows(self, resource: str) -> list[dict[str, Any]]:
        text = self.control.text(f"/tenants/{self.tenant_id}/truth/{resource}")
        return [json.loads(line) for line in text.splitlines()]

    def imported(self, resource: str) -> list[tuple[str, ...]]:
        """What we hold, doubles included."""
        model, _, keys = TRUTHS[resource]
        return list(model._default_manager.filter(customer_id=self.customer.id).values_list(*keys))

    def assert_equals_truth(self, but: frozenset[str] = frozenset()) -> None:
        """All of it, nothing doubled; `but` are resources that are not looked at."""
        for resource in TRUTHS.keys() - but:
            held = self.imported(resource)
            assert len(held) == len(set(held)), f"{resource} are doubled"
            truth = self.truth(resource)
            assert not set(held) - truth, f"{resource} that are not there"
            assert not truth - set(held), f"{resource} that were missed"


def row_versions(model: type[Model]) -> dict[Any, str]:
    """The hidden version of each row: it changes whenever a row is written."""
    table = model._meta.db_table
    key = ", ".join(f.column or "" for f in model._meta.pk_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"select ({key})::text, xmin::text from {table}")
        return dict(cursor.fetchall())


def jobs(task_name: str, *, status: str = "todo") -> list[dict[str, Any]]:
    """The arguments of the jobs of one task."""
    rows = ProcrastinateJob.objects.filter(task_name=task_name, status=status).order_by("id")
    return list(rows.values_list("args", flat=True))


def counting(limit: int) -> Callable[[], bool]:
    """A `should_stop` that lets `limit` pages pass."""
    seen = iter(range(10_000))
    return lambda: next(seen) >= limit
