"""Fill an empty installation."""

from collections.abc import Callable

from pilotage.demo.seed.catalogue import seed_catalogue
from pilotage.demo.seed.people import seed_people
from pilotage.demo.seed.samples import SAMPLES
from pilotage.demo.seed.tell import tell
from pilotage.partners.models import Partner

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
    for number, sample in enumerate(SAMPLES, start=1):
        tell(people, sample)
        progress(number, len(SAMPLES))
