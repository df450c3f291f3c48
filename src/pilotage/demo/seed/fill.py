"""Fill an empty installation."""

from collections.abc import Callable

from pilotage.demo.seed.catalogue import seed_catalogue
from pilotage.demo.seed.people import seed_people
from pilotage.demo.seed.samples import SAMPLES
from pilotage.demo.seed.tell import tell
from pilotage.demo.seed.tenants import add_fault, make_tenant
from pilotage.partners.models import Partner

# Tenants that no customer has: to add, activate and import oneself. The last one takes a while.
FRESH_TENANTS = (
    ("Kingfisher Design", "kingfisher.example", 85),
    ("Blåfjell Energi", "blafjell.example", 1_200),
    ("Sunbeam Clinics", "sunbeam.example", 20_000),
)
PACED = r"^/v1\.0/"
Progress = Callable[[int, int], None]


def is_seeded() -> bool:
    """Whether the demo's data is there (all of it: the last sample's partner is made first)."""
    return Partner.objects.exists()


def seed(progress: Progress = lambda done, of: None) -> None:
    """Partners, operators, catalogue, and about 60 customers with their tenants and histories.

    `progress` is called with how many customers are done, and of how many.
    """
    people = seed_people()
    seed_catalogue([people.harbour, people.lighthouse])
    for name, domain, users in FRESH_TENANTS:
        # Slow enough that people see the import that they have come to see.
        add_fault(make_tenant(name, domain, users), "slow", PACED, options={"milliseconds": 900})
    for number, sample in enumerate(SAMPLES, start=1):
        tell(people, sample)
        progress(number, len(SAMPLES))
