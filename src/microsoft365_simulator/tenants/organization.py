"""The organization resource: the tenant itself."""

from __future__ import annotations

from microsoft365_simulator.tenants.collection import Row
from microsoft365_simulator.tenants.directory import Directory
from microsoft365_simulator.tenants.domains import domains
from microsoft365_simulator.tenants.licences import assigned_plans
from microsoft365_simulator.tenants.words import PLACES


def organization(directory: Directory) -> list[Row]:
    """One row: the organization of this tenant, whose id is the tenant id."""
    definition, home = directory.definition, directory.home
    place = PLACES[definition.seed % len(PLACES)]
    bundle = ("SPE_E3",) if definition.premium else ("O365_BUSINESS_PREMIUM",)
    return [
        {
            **_EMPTY,
            "id": definition.tenant_id,
            "assignedPlans": assigned_plans(bundle, home.when(900, 8)),
            "businessPhones": [f"{place[6]} 5550100"],
            "city": place[0],
            "countryLetterCode": place[4],
            "createdDateTime": home.when(2000, 9),
            "directorySizeQuota": {"used": len(directory.users), "total": 300000},
            "displayName": definition.name,
            "onPremisesLastSyncDateTime": home.when(0, 8),
            "onPremisesSyncEnabled": True,
            "postalCode": place[2] or None,
            "preferredLanguage": place[5][:2],
            "state": place[1],
            "technicalNotificationMails": [f"admin@{definition.domain}"],
            "tenantType": "AAD",
            "verifiedDomains": _verified_domains(directory),
        }
    ]


def _verified_domains(directory: Directory) -> list[Row]:
    return [
        {
            "capabilities": "Email, OfficeCommunicationsOnline",
            "isDefault": row["isDefault"],
            "isInitial": row["isInitial"],
            "name": row["id"],
            "type": "Managed",
        }
        for row in domains(directory)
        if row["isVerified"]
    ]


# What most organizations have never filled in.
_EMPTY: Row = {
    "deletedDateTime": None,
    "country": None,
    "defaultUsageLocation": None,
    "isMultipleDataLocationsForServicesEnabled": None,
    "marketingNotificationEmails": [],
    "partnerTenantType": None,
    "privacyProfile": None,
    "provisionedPlans": [],
    "securityComplianceNotificationMails": [],
    "securityComplianceNotificationPhones": [],
    "street": None,
}
