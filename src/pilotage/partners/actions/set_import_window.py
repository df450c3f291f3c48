"""Set import window: when a partner's customers are imported every night, or that they are not."""

from datetime import time
from uuid import UUID

from django.db import transaction

from pilotage.events.record import record
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role
from pilotage.partners.import_window import WindowRules, check_window, get_import_window
from pilotage.partners.models import ImportWindow, Partner
from pilotage.partners.queries import get_partner


@transaction.atomic
def set_import_window(
    actor: Actor, partner_id: UUID, *, is_enabled: bool, opens: time, closes: time
) -> WindowRules:
    """Set the window, also for customers whose turn has not come tonight; times are local.

    `closes` before `opens` means the next day. Raises PartnerNotFound, or Invalid for less than
    30 minutes.
    """
    actor.require(Role.ADMIN)
    get_partner(actor, partner_id)
    Partner.objects.select_for_update().get(id=partner_id)
    before = get_import_window(actor, partner_id)
    opens, closes = _to_the_minute(opens), _to_the_minute(closes)
    check_window(opens, closes)
    values = {"is_enabled": is_enabled, "opens": opens, "closes": closes}
    if values == {name: getattr(before, name) for name in values}:
        return before
    ImportWindow.objects.update_or_create(
        partner_id=partner_id, defaults={**values, "changed_at": clock.now()}
    )
    after = get_import_window(actor, partner_id)
    words = f"are now {after.hours}, {after.time_zone} time" if is_enabled else "are now off"
    record(
        actor,
        "partner.import_window_set",
        partner_id=partner_id,
        message=f"Nightly imports of {after.partner_name} {words}",
        details={"before": _facts(before), "after": _facts(after)},
    )
    return after


def _to_the_minute(at: time) -> time:
    return time(at.hour, at.minute)


def _facts(rules: WindowRules) -> dict[str, object]:
    return {"is_enabled": rules.is_enabled, "hours": rules.hours}
