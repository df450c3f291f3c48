"""A customer whose tenant is in the simulator; threads and workers see what is committed."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from pilotage.customers.models import TenantConnection
from pilotage.imports.collectors.registry import ALL_PERMISSIONS
from pilotage.microsoft.settings import MicrosoftSettings
from tests.cast import build
from tests.conftest import Running
from tests.imports.stage import Stage, TenantControl
from tests.microsoft.stage import Control

NewStage = Callable[..., Stage]


@pytest.fixture(scope="session")
def import_app(simulator: Running) -> MicrosoftSettings:
    """The import application, registered with the simulator."""
    control = Control(simulator["control_url"], simulator["ca_file"])
    client_id, secret = str(uuid4()), secrets.token_urlsafe(24)
    application = {
        "client_id": client_id,
        "name": "Pilotage import",
        "client_secrets": [secret],
        "required_roles": sorted(ALL_PERMISSIONS),
    }
    control.call("POST", "/applications", application)
    return MicrosoftSettings(
        login_url=simulator["https_url"],
        graph_url=simulator["https_url"],
        import_client_id=client_id,
        import_client_secret=secret,
        ca_file=simulator["ca_file"],
    )


@pytest.fixture
def new_stage(
    transactional_db: None,
    simulator: Running,
    import_app: MicrosoftSettings,
    settings: Settings,
) -> NewStage:
    """Makes a stage; its tenant has `users` users and what goes with them."""
    settings.MICROSOFT = replace(import_app)
    with connection.cursor() as cursor:
        # The job library's tables are not Django's, so nothing empties them between tests.
        cursor.execute("truncate procrastinate_jobs cascade")
    world = build()
    control = TenantControl(simulator["control_url"], simulator["ca_file"])

    def make(users: int = 60, name: str = "Harbour Foods", **more: object) -> Stage:
        domain = f"{secrets.token_hex(5)}.example"
        wanted = {"name": name, "domain": domain, "seed": 7, "users": users, **more}
        tenant_id = UUID(control.call("POST", "/tenants", wanted)["tenant_id"])
        customer = world.add_customer(organization_name=name, notification_email=f"it@{domain}")
        TenantConnection.objects.create(
            customer=customer, tenant_id=tenant_id, tenant_name=name, bound_by="Ada Admin"
        )
        stage = Stage(world, control, import_app.import_client_id, tenant_id, customer)
        stage.consent()
        return stage

    return make


@pytest.fixture
def long_stage(new_stage: NewStage) -> Stage:
    """A tenant whose users take four pages, and little else."""
    return new_stage(users=3_000, groups=10, memberships=40, devices=10)


@pytest.fixture
def stage(new_stage: NewStage) -> Stage:
    """A small tenant."""
    return new_stage()
