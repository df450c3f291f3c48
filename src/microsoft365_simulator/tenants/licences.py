"""The products a tenant has bought, with Microsoft's published SKU and service plan ids."""

from typing import NamedTuple

_EXCHANGE_2 = ("efb87545-963c-4e0d-99df-69c6916d9eb0", "EXCHANGE_S_ENTERPRISE", "exchange")
_EXCHANGE_1 = ("9aaf7827-d63c-4b61-89c3-182f06f82e5c", "EXCHANGE_S_STANDARD", "exchange")
_SHAREPOINT_2 = ("5dbe027f-2339-4123-9542-606e4d348a72", "SHAREPOINTENTERPRISE", "SharePoint")
_SHAREPOINT_1 = ("c7699d2e-19aa-44de-8edf-1736da088ca1", "SHAREPOINTSTANDARD", "SharePoint")
_TEAMS = ("57ff2da0-773e-42df-b2af-ffb7a2317929", "TEAMS1", "TeamspaceAPI")
_OFFICE = ("43de0ff5-c92c-492b-9116-175376d08c38", "OFFICESUBSCRIPTION", "MicrosoftOffice")
_ENTRA_P1 = ("41781fb2-bc02-4b7c-bd55-b576c07bb09d", "AAD_PREMIUM", "AADPremiumService")
_ENTRA_P2 = ("eec0eb4f-6444-4f95-aba0-50c24d67f998", "AAD_PREMIUM_P2", "AADPremiumService")
_INTUNE = ("c1ec4a95-1f05-45b3-a911-aa3fa01094f5", "INTUNE_A", "SCO")


class Sku(NamedTuple):
    """A product; `plans` are (service plan id, name, service)."""

    id: str
    part_number: str
    plans: tuple[tuple[str, str, str], ...] = ()


SKUS = {
    sku.part_number: sku
    for sku in (
        Sku(
            "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
            "SPE_E5",
            (_EXCHANGE_2, _SHAREPOINT_2, _TEAMS, _OFFICE, _ENTRA_P1, _ENTRA_P2, _INTUNE),
        ),
        Sku(
            "05e9a617-0261-4cee-bb44-138d3ef5d965",
            "SPE_E3",
            (_EXCHANGE_2, _SHAREPOINT_2, _TEAMS, _OFFICE, _ENTRA_P1, _INTUNE),
        ),
        Sku(
            "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46",
            "SPB",
            (_EXCHANGE_1, _SHAREPOINT_1, _TEAMS, _OFFICE, _ENTRA_P1, _INTUNE),
        ),
        Sku(
            "6fd2c87f-b296-42f0-b197-1e91e994b900",
            "ENTERPRISEPACK",
            (_EXCHANGE_2, _SHAREPOINT_2, _TEAMS, _OFFICE),
        ),
        Sku(
            "f245ecc8-75af-4f8e-b61f-27d8114de5f3",
            "O365_BUSINESS_PREMIUM",
            (_EXCHANGE_1, _SHAREPOINT_1, _TEAMS, _OFFICE),
        ),
        Sku(
            "3b555118-da6a-4418-894f-7df1e2096870",
            "O365_BUSINESS_ESSENTIALS",
            (_EXCHANGE_1, _SHAREPOINT_1, _TEAMS),
        ),
        Sku("4b9405b0-7788-4568-add1-99614e613b69", "EXCHANGESTANDARD", (_EXCHANGE_1,)),
        Sku("f8a1db68-be16-40ed-86d5-cb42ce701560", "POWER_BI_PRO"),
        Sku("c5928f49-12ba-48f7-ada3-0d743a3601d5", "VISIOCLIENT"),
        Sku("53818b1b-4a27-454b-8896-0dba576410e6", "PROJECTPROFESSIONAL"),
        Sku("f30db892-07e9-47e9-837c-80727f46fd3d", "FLOW_FREE"),
    )
}

# Which products people hold together, and how many in a thousand licensed people hold them.
PREMIUM_BUNDLES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (420, ("SPE_E3",)),
    (180, ("SPE_E5",)),
    (110, ("SPB",)),
    (90, ("SPE_E3", "POWER_BI_PRO", "FLOW_FREE")),
    (60, ("SPE_E5", "VISIOCLIENT", "PROJECTPROFESSIONAL")),
    (50, ("SPE_E3", "SPE_E5")),  # paid for twice
    (50, ("EXCHANGESTANDARD",)),
    (40, ("FLOW_FREE",)),
)
BASIC_BUNDLES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (450, ("O365_BUSINESS_PREMIUM",)),
    (250, ("O365_BUSINESS_ESSENTIALS",)),
    (120, ("ENTERPRISEPACK",)),
    (80, ("O365_BUSINESS_PREMIUM", "POWER_BI_PRO")),
    (50, ("ENTERPRISEPACK", "EXCHANGESTANDARD")),  # paid for twice
    (50, ("FLOW_FREE",)),
)


def assigned(bundle: tuple[str, ...]) -> list[dict[str, object]]:
    """The value of `assignedLicenses` for people with these products."""
    return [{"disabledPlans": [], "skuId": SKUS[name].id} for name in bundle]


def assigned_plans(bundle: tuple[str, ...], since: str) -> list[dict[str, object]]:
    """The value of `assignedPlans` for people with these products."""
    return [
        {
            "assignedDateTime": since,
            "capabilityStatus": "Enabled",
            "service": service,
            "servicePlanId": plan_id,
        }
        for name in bundle
        for plan_id, _, service in SKUS[name].plans
    ]
