"""What counts as a seat for a partner's customers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from pilotage.kernel.actor import Actor
from pilotage.kernel.errors import invalid
from pilotage.partners.models import CountingRule, Partner
from pilotage.partners.queries import get_partner, visible_to

MOST_LEFT_OUT = 100
_PART_NUMBER = re.compile(r"[A-Za-z0-9_.-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SeatRules:
    """A user with a licence is a seat; of the default rule nothing is left out.

    `counts_blocked`: also one whose sign-in is blocked. `left_out` are products, by their SKU part
    number in upper or lower case, that make no seat by themselves.
    """

    partner_id: UUID
    partner_name: str
    counts_blocked: bool = True
    left_out: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The rule in one sentence."""
        who = "A user" if self.counts_blocked else "A user who may sign in and"
        what = f"a licence other than {', '.join(self.left_out)}" if self.left_out else "a licence"
        return f"{who} with {what}" if self.counts_blocked else f"{who} has {what}"


def get_counting_rule(actor: Actor, partner_id: UUID) -> SeatRules:
    """The rule of one partner; raises PartnerNotFound."""
    return rules_of([get_partner(actor, partner_id)])[partner_id]


def list_counting_rules(actor: Actor) -> list[SeatRules]:
    """The rules of all partners that the actor sees, by name."""
    return list(rules_of(visible_to(actor).order_by("name", "id")).values())


def rules_of(partners: Iterable[Partner]) -> dict[UUID, SeatRules]:
    """What holds for each of these partners: its own row, or the default."""
    found = {partner.id: partner for partner in partners}
    rows = CountingRule.objects.in_bulk(list(found))
    return {key: _rules(partner, rows.get(key)) for key, partner in found.items()}


def checked_part_numbers(names: Iterable[str]) -> tuple[str, ...]:
    """Each once, sorted; raises Invalid for what cannot be a part number."""
    found = {name.strip().lower(): name.strip() for name in names if name.strip()}
    wrong = [name for name in found.values() if not _PART_NUMBER.fullmatch(name)]
    if wrong:
        text = f"“{wrong[0][:60]}” is no product. Write them as Microsoft does, like FLOW_FREE."
        raise invalid("left_out", text)
    if len(found) > MOST_LEFT_OUT:
        raise invalid("left_out", f"Leave out at most {MOST_LEFT_OUT} products.")
    return tuple(sorted(found.values(), key=str.lower))


def _rules(partner: Partner, row: CountingRule | None) -> SeatRules:
    if row is None:
        return SeatRules(partner.id, partner.name)
    return SeatRules(partner.id, partner.name, row.counts_blocked, tuple(row.left_out))
