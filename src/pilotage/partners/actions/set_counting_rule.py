"""Set counting rule: what counts as a seat for a partner's customers."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role
from pilotage.partners.counting_rule import SeatRules, checked_part_numbers, get_counting_rule
from pilotage.partners.models import CountingRule, Partner
from pilotage.partners.queries import get_partner


@transaction.atomic
def set_counting_rule(
    actor: Actor, partner_id: UUID, *, counts_blocked: bool, left_out: Iterable[str]
) -> SeatRules:
    """Set the rule; the seats of the partner's customers are counted anew at once, by a job.

    `left_out` are SKU part numbers. Raises PartnerNotFound, and Invalid for what is none.
    """
    actor.require(Role.ADMIN)
    get_partner(actor, partner_id)
    Partner.objects.select_for_update().get(id=partner_id)
    before = get_counting_rule(actor, partner_id)
    names = checked_part_numbers(left_out)
    if (counts_blocked, names) == (before.counts_blocked, before.left_out):
        return before
    values = {"counts_blocked": counts_blocked, "left_out": list(names)}
    CountingRule.objects.update_or_create(
        partner_id=partner_id, defaults={**values, "changed_at": clock.now()}
    )
    after = get_counting_rule(actor, partner_id)
    record(
        actor,
        "partner.counting_rule_set",
        partner_id=partner_id,
        message=f"A seat of {after.partner_name} is now: {after.words}",
        details={"before": _facts(before), "after": _facts(after)},
    )
    # By name: the task belongs to the directory, which is a layer above.
    app.configure_task("recount_seats").defer(partner_id=str(partner_id))
    return after


def _facts(rules: SeatRules) -> dict[str, object]:
    return {"counts_blocked": rules.counts_blocked, "left_out": list(rules.left_out)}
