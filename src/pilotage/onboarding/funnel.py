"""How far the customers that were added lately have come."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from pilotage.customers.queries import visible_to
from pilotage.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Stage:
    """How many came at least this far."""

    label: str
    count: int


def funnel(actor: Actor, since: datetime) -> list[Stage]:
    """Of the customers added since then: added, mailed, opened, signed in, consented, imported.

    Somebody who came further counts in every stage before; one query.
    """
    marks = ["sent_at", "opened_at", "signed_in_at", "consented_at"]
    done = Q(onboarded_at__isnull=False)
    reached = {m: Q(**{f"activation_link__{m}__isnull": False}) for m in marks}
    counts = {}
    further = done
    for mark in reversed(marks):
        further = further | reached[mark]
        counts[mark] = Count("id", filter=further)
    row = (
        visible_to(actor)
        .filter(created_at__gte=since)
        .aggregate(added=Count("id"), done=Count("id", filter=done), **counts)
    )
    return [
        Stage("Added", row["added"]),
        Stage("Link sent", row["sent_at"]),
        Stage("Link opened", row["opened_at"]),
        Stage("Signed in", row["signed_in_at"]),
        Stage("Consented", row["consented_at"]),
        Stage("On board", row["done"]),
    ]
