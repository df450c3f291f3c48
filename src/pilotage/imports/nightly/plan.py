"""Every minute: start the nightly imports whose moment has come, once per customer and night.

It may run at any time, twice or not at all: what it does follows from the rows alone.
"""

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

import structlog
from django.db.models import Exists, OuterRef, Q, QuerySet

from pilotage.customers.models import ConnectionState, Customer, TenantConnection
from pilotage.imports.nightly.decide import decide
from pilotage.imports.nightly.lay_over import lay_over
from pilotage.imports.nightly.night import Night, latest_night
from pilotage.kernel import clock
from pilotage.kernel.actor import system_actor
from pilotage.partners.import_window import WindowRules, list_import_windows

log = structlog.get_logger()
NIGHTLY = system_actor("nightly window")


def plan_nightly() -> None:
    """Decide every customer whose moment has passed, and lay over what the window cut off."""
    now = clock.now()
    rules = {found.partner_id: found for found in list_import_windows(NIGHTLY)}
    lay_over(NIGHTLY, rules, now)
    nights = {
        found.partner_id: latest_night(found.opens, found.closes, found.time_zone, now)
        for found in rules.values()
        if found.is_enabled
    }
    for day, partner_ids in _by_date(nights).items():
        for customer in undecided(day, now).filter(partner_id__in=partner_ids):
            night = nights[customer.partner_id]
            if night.moment_of(customer.id) <= now:
                _decide(customer, night, rules[customer.partner_id], now)


def undecided(day: date, now: datetime) -> QuerySet[Customer]:
    """The customers that are imported every night, and whose night of `day` is not decided yet."""
    live = TenantConnection.objects.filter(customer=OuterRef("pk"), released_at=None)
    return Customer.objects.filter(
        Q(nightlyturn=None) | Q(nightlyturn__night__lt=day),
        Exists(live.exclude(state=ConnectionState.REVOKED)),
        onboarded_at__isnull=False,
        terminated_at=None,
        suspended_reasons=[],
        expires_at__gt=now,
    ).order_by("partner_id", "id")


def _by_date(nights: dict[UUID, Night]) -> dict[date, list[UUID]]:
    found: dict[date, list[UUID]] = defaultdict(list)
    for partner_id, night in nights.items():
        found[night.date].append(partner_id)
    return found


def _decide(customer: Customer, night: Night, rules: WindowRules, now: datetime) -> None:
    decision = decide(NIGHTLY, customer.id, night, rules, now)
    log.info("nightly_import", customer=str(customer.id), night=str(night.date), decision=decision)
