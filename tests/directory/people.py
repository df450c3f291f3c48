"""A small imported tenant."""

from datetime import timedelta

from pilotage.customers.models import Customer
from pilotage.directory.models import (
    Device,
    DirectoryRole,
    Group,
    Membership,
    RoleMember,
    SignInActivity,
    SubscribedSku,
    User,
)
from pilotage.kernel import clock
from tests.cast import World

E3, COPILOT, FREE = "sku-e3", "sku-copilot", "sku-flow"
HOSTILE = "<script>alert(1)</script>\"'=1+1"


def imported(world: World, name: str = "Wide World Importers") -> Customer:
    """A customer with four users, two groups, two devices and three products.

    Ada uses her account, Bo's is blocked, Cy has not used his for 100 days, and Zoë is a guest.
    """
    customer = world.add_customer(organization_name=name)
    customer.last_import_at = now = clock.now()
    customer.save()
    long_ago = now - timedelta(days=400)
    for key, name, enabled, held in (
        ("ada", "Ada Archer", True, [E3, COPILOT]),
        ("bo", "bo Baker", False, [E3, FREE]),
        ("cy", HOSTILE, True, [E3]),
        ("zoe", "Zoë Żak", True, []),
    ):
        User.objects.create(
            customer=customer, id=key, display_name=name, user_principal_name=f"{key}@wide.example",
            mail=f"{key}@wide.example", account_enabled=enabled, licence_sku_ids=held,
            user_type="Guest" if key == "zoe" else "Member", created_at=long_ago,
            rest={"city": "Ghent", "mobilePhone": None, "businessPhones": ["+32 1", "+32 2"]},
        )  # fmt: skip
    for sku_id, part_number, bought, used in (
        (E3, "SPE_E3", 5, 3), (COPILOT, "Microsoft_365_Copilot", 1, 1), (FREE, "FLOW_FREE", 999, 1),
    ):  # fmt: skip
        SubscribedSku.objects.create(
            customer=customer, id=f"{sku_id}-id", sku_id=sku_id, sku_part_number=part_number,
            capability_status="Enabled", enabled_units=bought, warning_units=0, consumed_units=used,
        )  # fmt: skip
    _surroundings(customer)
    return customer


def tell_sign_ins(customer: Customer) -> None:
    """Of a tenant whose licence lets Microsoft tell them."""
    now = clock.now()
    for key, days in (("ada", 2), ("bo", 200), ("cy", 100), ("zoe", None)):
        at = None if days is None else now - timedelta(days=days)
        SignInActivity.objects.create(customer=customer, id=key, last_sign_in_at=at)


def _surroundings(customer: Customer) -> None:
    Group.objects.create(
        customer=customer, id="team", display_name="Team", mail="team@wide.example",
        mail_enabled=True, security_enabled=False, group_types=["Unified"], rest={},
    )  # fmt: skip
    Group.objects.create(
        customer=customer, id="doors", display_name="Doors", mail_enabled=False,
        security_enabled=True, group_types=["DynamicMembership"], rest={},
    )  # fmt: skip
    for group, member, kind in (
        ("team", "ada", "user"), ("team", "doors", "group"), ("doors", "bo", "user"),
    ):  # fmt: skip
        Membership.objects.create(
            customer=customer, group_id=group, member_id=member, member_type=kind
        )
    DirectoryRole.objects.create(customer=customer, id="admin", display_name="Global Administrator")
    RoleMember.objects.create(
        customer=customer, role_id="admin", member_id="ada", member_type="user"
    )
    for key, system, compliant in (("laptop", "Windows", True), ("phone", "iOS", False)):
        Device.objects.create(
            customer=customer, id=key, display_name=key.capitalize(), operating_system=system,
            is_compliant=compliant, account_enabled=True, trust_type="AzureAd", rest={},
        )  # fmt: skip
