"""The fixtures of the activation."""

from tests.onboarding.fixtures import customer, entra, evil, installed, tenant, visit

__all__ = ["customer", "entra", "evil", "installed", "tenant", "visit"]
