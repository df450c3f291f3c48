"""The demo's SKUs and add-ons."""

from pilotage.catalog.models import AddOn, Sku
from pilotage.partners.models import Partner

ADD_ONS = (
    ("sign-in-analytics", "Sign-in analytics", "Who signs in from where, and who never does."),
    ("teams-governance", "Teams governance", "Owners, guests and lifetimes of teams."),
    ("licence-advisor", "Licence advisor", "Unused and doubled licences, with what they cost."),
    ("audit-export", "Audit export", "The audit log, sent to your archive every night."),
)
SKUS = (
    ("essentials", "Essentials", "Directory, licences and reports.", 300, ADD_ONS[:3]),
    ("enterprise", "Enterprise", "Adds delegation, workflows and audit export.", None, ADD_ONS),
    ("education", "Education", "Enterprise, priced for schools.", None, ADD_ONS[:2]),
)


def seed_catalogue(sellers: list[Partner]) -> None:
    """Insert SKUs and add-ons; every seller may sell all of them."""
    add_ons = {
        code: AddOn.objects.create(code=code, name=name, description=text)
        for code, name, text in ADD_ONS
    }
    for position, (code, name, text, limit, fitting) in enumerate(SKUS):
        sku = Sku.objects.create(
            code=code, name=name, description=text, seat_limit=limit, position=position
        )
        sku.add_ons.set([add_ons[add_on[0]] for add_on in fitting])
        sku.sold_by.set(sellers)
