"""Tables of customers."""

from pilotage.customers.models.customer import AccountType, Customer, Source
from pilotage.customers.models.tenant_connection import ConnectionState, TenantConnection
from pilotage.customers.models.trial_extension import TrialExtension

__all__ = [
    "AccountType",
    "ConnectionState",
    "Customer",
    "Source",
    "TenantConnection",
    "TrialExtension",
]
