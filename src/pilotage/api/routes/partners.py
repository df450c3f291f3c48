"""Partners: their import window and counting rule."""

from typing import Any
from uuid import UUID

from ninja import Router

from pilotage.api.request import ApiRequest
from pilotage.api.schemas.errors import REFUSALS, WRITE_REFUSALS
from pilotage.api.schemas.partners import (
    CountingRuleIn,
    CountingRuleOut,
    ImportWindowIn,
    ImportWindowOut,
)
from pilotage.partners.actions.set_counting_rule import set_counting_rule as set_rule
from pilotage.partners.actions.set_import_window import set_import_window as set_window
from pilotage.partners.as_json import counting_rule_as_json, window_as_json
from pilotage.partners.counting_rule import get_counting_rule as rule_of
from pilotage.partners.import_window import get_import_window as window_of

router = Router(tags=["Partners"])
WINDOW = "/partners/{uuid:partner_id}/import-window"
RULE = "/partners/{uuid:partner_id}/counting-rule"


@router.get(WINDOW, response={200: ImportWindowOut, **REFUSALS})
def get_import_window(request: ApiRequest, partner_id: UUID) -> dict[str, Any]:
    """When the partner's customers are imported every night."""
    return window_as_json(window_of(request.actor, partner_id))


@router.put(WINDOW, response={200: ImportWindowOut, **WRITE_REFUSALS})
def set_import_window(
    request: ApiRequest, partner_id: UUID, body: ImportWindowIn
) -> dict[str, Any]:
    """Set it, also for those whose turn has not come tonight; sent twice, it changes nothing."""
    rules = set_window(
        request.actor,
        partner_id,
        is_enabled=body.is_enabled,
        opens=body.opens,
        closes=body.closes,
    )
    return window_as_json(rules)


@router.get(RULE, response={200: CountingRuleOut, **REFUSALS})
def get_counting_rule(request: ApiRequest, partner_id: UUID) -> dict[str, Any]:
    """What counts as a seat for the partner's customers."""
    return counting_rule_as_json(rule_of(request.actor, partner_id))


@router.put(RULE, response={200: CountingRuleOut, **WRITE_REFUSALS})
def set_counting_rule(
    request: ApiRequest, partner_id: UUID, body: CountingRuleIn
) -> dict[str, Any]:
    """Set it; seats are counted anew at once. Sent twice, it changes nothing."""
    rules = set_rule(
        request.actor, partner_id, counts_blocked=body.counts_blocked, left_out=body.left_out
    )
    return counting_rule_as_json(rules)
