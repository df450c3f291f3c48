"""Partners, operators and tokens as API and CLI show them."""

from typing import Any

from pilotage.partners.counting_rule import SeatRules
from pilotage.partners.import_window import WindowRules
from pilotage.partners.models import ApiToken, Operator, Partner


def partner_as_json(partner: Partner) -> dict[str, Any]:
    """One partner."""
    return {
        "id": str(partner.id),
        "name": partner.name,
        "kind": partner.kind,
        "email": partner.email,
        "time_zone": partner.time_zone,
        "parent_id": str(partner.parent_id) if partner.parent_id else None,
        "created_at": partner.created_at.isoformat(),
    }


def operator_as_json(operator: Operator) -> dict[str, Any]:
    """One operator."""
    return {
        "id": str(operator.id),
        "email": operator.email,
        "name": operator.name,
        "role": operator.role,
        "partner": {"id": str(operator.partner_id), "name": operator.partner.name},
        "is_active": operator.is_active,
        "created_at": operator.created_at.isoformat(),
        "set_up_at": operator.set_up_at.isoformat() if operator.set_up_at else None,
    }


def token_as_json(token: ApiToken) -> dict[str, Any]:
    """One API token, without its secret, which nobody can show again."""
    return {
        "id": str(token.id),
        "name": token.name,
        "role": token.role,
        "partner_id": str(token.partner_id),
        "begins_with": f"plk_{token.public_id}_",
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "last_used_at": token.last_used_at.isoformat() if token.last_used_at else None,
        "revoked_at": token.revoked_at.isoformat() if token.revoked_at else None,
    }


def window_as_json(rules: WindowRules) -> dict[str, Any]:
    """A partner's import window; times are local to `time_zone`."""
    return {
        "partner_id": str(rules.partner_id),
        "partner_name": rules.partner_name,
        "is_enabled": rules.is_enabled,
        "opens": f"{rules.opens:%H:%M}",
        "closes": f"{rules.closes:%H:%M}",
        "time_zone": rules.time_zone,
    }


def counting_rule_as_json(rules: SeatRules) -> dict[str, Any]:
    """What counts as a seat for a partner's customers."""
    return {
        "partner_id": str(rules.partner_id),
        "partner_name": rules.partner_name,
        "counts_blocked": rules.counts_blocked,
        "left_out": list(rules.left_out),
        "words": rules.words,
    }
