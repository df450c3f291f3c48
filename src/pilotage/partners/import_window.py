"""When a partner's customers are imported every night."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import invalid
from pilotage.partners.models import ImportWindow, Partner
from pilotage.partners.queries import get_partner, visible_to

SHORTEST = timedelta(minutes=30)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WindowRules:
    """The window that holds for a partner. `opens` and `closes` are local times in `time_zone`.

    `changed_at` is None for the default, which has held for ever.
    """

    partner_id: UUID
    partner_name: str
    time_zone: str
    is_enabled: bool = True
    opens: time = time(1)
    closes: time = time(5)
    changed_at: datetime | None = None

    @property
    def hours(self) -> str:
        """The window in words, e.g. "01:00-05:00"."""
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


def get_import_window(actor: Actor, partner_id: UUID) -> WindowRules:
    """The window of one partner; raises PartnerNotFound."""
    return rules_of([get_partner(actor, partner_id)])[partner_id]


def list_import_windows(actor: Actor) -> list[WindowRules]:
    """The windows of all partners that the actor sees, by name."""
    return list(rules_of(visible_to(actor).order_by("name", "id")).values())


def rules_of(partners: Iterable[Partner]) -> dict[UUID, WindowRules]:
    """What holds for each of these partners: its own row, or the default."""
    found = {partner.id: partner for partner in partners}
    rows = ImportWindow.objects.in_bulk(list(found))
    return {key: _rules(partner, rows.get(key)) for key, partner in found.items()}


def check_window(opens: time, closes: time) -> None:
    """Raise Invalid for a window in which customers could not be spread."""
    length = (_minutes(closes) - _minutes(opens)) % _DAY
    if length < SHORTEST:
        minutes = SHORTEST // timedelta(minutes=1)
        raise invalid("closes", f"Choose an end at least {minutes} minutes after the start.")


def _minutes(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


def _rules(partner: Partner, row: ImportWindow | None) -> WindowRules:
    if row is None:
        return WindowRules(partner.id, partner.name, partner.time_zone)
    return WindowRules(
        partner.id,
        partner.name,
        partner.time_zone,
        row.is_enabled,
        row.opens,
        row.closes,
        row.changed_at,
    )
