"""What people call Microsoft's products."""

from uuid import UUID

from pilotage.directory.models import SubscribedSku

# Source: https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
NAMES = {
    "AAD_PREMIUM": "Microsoft Entra ID P1",
    "AAD_PREMIUM_P2": "Microsoft Entra ID P2",
    "DESKLESSPACK": "Office 365 F3",
    "EMS": "Enterprise Mobility + Security E3",
    "EMSPREMIUM": "Enterprise Mobility + Security E5",
    "ENTERPRISEPACK": "Office 365 E3",
    "ENTERPRISEPREMIUM": "Office 365 E5",
    "EXCHANGEENTERPRISE": "Exchange Online (Plan 2)",
    "EXCHANGESTANDARD": "Exchange Online (Plan 1)",
    "FLOW_FREE": "Power Automate Free",
    "INTUNE_A": "Microsoft Intune Plan 1",
    "Microsoft_365_Copilot": "Microsoft 365 Copilot",
    "O365_BUSINESS": "Microsoft 365 Apps for business",
    "O365_BUSINESS_ESSENTIALS": "Microsoft 365 Business Basic",
    "O365_BUSINESS_PREMIUM": "Microsoft 365 Business Standard",
    "OFFICESUBSCRIPTION": "Microsoft 365 Apps for enterprise",
    "POWERAPPS_VIRAL": "Power Apps Plan 2 Trial",
    "POWER_BI_PRO": "Power BI Pro",
    "POWER_BI_STANDARD": "Microsoft Fabric (Free)",
    "PROJECTPROFESSIONAL": "Project Plan 3",
    "RIGHTSMANAGEMENT_ADHOC": "Rights Management Adhoc",
    "SPB": "Microsoft 365 Business Premium",
    "SPE_E3": "Microsoft 365 E3",
    "SPE_E5": "Microsoft 365 E5",
    "SPE_F1": "Microsoft 365 F3",
    "STANDARDPACK": "Office 365 E1",
    "STREAM": "Microsoft Stream",
    "TEAMS_EXPLORATORY": "Microsoft Teams Exploratory",
    "VISIOCLIENT": "Visio Plan 2",
    "WINDOWS_STORE": "Windows Store for Business",
}
# Cost nothing, so nobody wastes them; Microsoft gives thousands of them at once.
FREE = frozenset({
    "FLOW_FREE", "POWERAPPS_VIRAL", "POWER_BI_STANDARD", "RIGHTSMANAGEMENT_ADHOC", "STREAM",
    "TEAMS_EXPLORATORY", "WINDOWS_STORE",
})  # fmt: skip


def product_name(part_number: str | None, sku_id: str) -> str:
    """The product's name, or what Microsoft sends in its stead."""
    return NAMES.get(part_number or "", part_number or sku_id)


def product_names(customer_id: UUID) -> dict[str, str]:
    """The names of what the tenant subscribes to, or once did, by product id.

    The caller has been given the customer already.
    """
    rows = SubscribedSku.with_removed.filter(customer_id=customer_id)
    return {
        sku_id: product_name(part_number, sku_id)
        for sku_id, part_number in rows.values_list("sku_id", "sku_part_number")
    }
