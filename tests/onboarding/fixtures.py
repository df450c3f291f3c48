"""Fixtures of the activation; a plugin of tests/onboarding and tests/security."""

from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from pilotage.customers.models import Customer
from pilotage.microsoft.settings import MicrosoftSettings
from tests.cast import World
from tests.conftest import Running
from tests.onboarding.entra import Browser, Entra, Tenant, register, token_for


@pytest.fixture(scope="session")
def installed(simulator: Running) -> Entra:
    """Our applications, registered once."""
    base: MicrosoftSettings = replace(django_settings.MICROSOFT, no_proxy="*", proxy_url="")
    return register(simulator, base)


@pytest.fixture
def entra(installed: Entra, settings: Settings) -> Entra:
    """Microsoft, as far as this installation knows it."""
    settings.MICROSOFT = installed.settings
    return installed


@pytest.fixture
def tenant(entra: Entra) -> Tenant:
    """The customer's tenant; nobody has consented yet."""
    return entra.tenant("wideworld")


@pytest.fixture
def evil(entra: Entra) -> Tenant:
    """Another tenant, whose admin plays tricks. It has consented long ago."""
    found = entra.tenant("evil")
    found.consent()
    return found


@pytest.fixture
def customer(world: World, tenant: Tenant) -> Customer:
    """A pending customer whose mail went into the tenant."""
    return world.add_customer(notification_email=tenant.person("admin"))


@pytest.fixture
def visit(customer: Customer) -> Browser:
    """A browser in which the customer's link has been opened."""
    made = Browser()
    assert made.open(token_for(customer)).status_code == 303
    return made
