"""Extend trial."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from pilotage.customers.actions.extend_trial import extend_trial, preview_extend_trial
from pilotage.customers.queries import get_customer
from pilotage.kernel import clock
from pilotage.web import times
from pilotage.web.customers.forms import typed_day
from pilotage.web.customers.places import customer_address
from pilotage.web.panel import Done, PanelView
from pilotage.web.request import PageRequest

_ORDINALS = ("", "first", "second", "third", "fourth", "fifth")


class ExtendTrial(PanelView):
    """Shows when it ends now and the new end date; Submit accepts exactly that date."""

    template_name = "customers/panels/extend.html"

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """Both dates; raises what forbids the extension."""
        customer_id: UUID = ids["customer_id"]
        customer = get_customer(request.actor, customer_id)
        preview = preview_extend_trial(request.actor, customer_id)
        added = preview.new_end - max(preview.current_end, clock.now())
        return {
            "title": "Extend trial",
            "customer": customer,
            "back": customer_address(customer_id),
            "zone": customer.partner.time_zone,
            "preview": preview,
            "days": round(added / timedelta(days=1)),
            "is_over": preview.current_end <= clock.now(),
            "which": ordinal(preview.number),
            "reason": request.POST.get("reason", ""),
        }

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Extend to the date that was shown."""
        customer_id: UUID = ids["customer_id"]
        customer = get_customer(request.actor, customer_id)
        extension = extend_trial(
            request.actor,
            customer_id,
            expected_end=typed_day(request.POST, "expected_end"),
            reason=request.POST.get("reason", ""),
        )
        until = times.day(extension.new_end, customer.partner.time_zone)
        message = f"Trial of {customer.organization_name} extended to {until}."
        return Done(message, to=customer_address(customer_id))


def ordinal(number: int) -> str:
    """1 -> "first", 7 -> "7th"."""
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    tens_rule = "th" if 10 <= number % 100 <= 20 else ""
    return f"{number}{tens_rule or {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
