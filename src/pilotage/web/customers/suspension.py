"""Suspend and resume."""

from typing import Any
from uuid import UUID

from pilotage.customers.actions.resume import resume
from pilotage.customers.actions.suspend import suspend
from pilotage.customers.errors import CustomerTerminated, NotSuspended
from pilotage.customers.queries import get_customer
from pilotage.web.customers.places import customer_address
from pilotage.web.panel import Done, PanelView
from pilotage.web.request import PageRequest


class Suspend(PanelView):
    """Asks for the reason; a customer may be suspended for several."""

    template_name = "customers/panels/suspend.html"

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """The form; raises CustomerTerminated."""
        customer_id: UUID = ids["customer_id"]
        customer = get_customer(request.actor, customer_id)
        if customer.terminated_at:
            raise CustomerTerminated
        return {
            "title": "Suspend",
            "customer": customer,
            "back": customer_address(customer_id),
            "reason": request.POST.get("reason", ""),
        }

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Add the reason."""
        customer_id: UUID = ids["customer_id"]
        customer = suspend(request.actor, customer_id, reason=request.POST.get("reason", ""))
        return Done(f"{customer.organization_name} is suspended.", to=customer_address(customer_id))


class Resume(PanelView):
    """Takes one reason away; active again when none is left."""

    template_name = "customers/panels/resume.html"

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """The reasons to choose from; raises NotSuspended."""
        customer_id: UUID = ids["customer_id"]
        customer = get_customer(request.actor, customer_id)
        if not customer.suspended_reasons:
            raise NotSuspended("This customer is not suspended any more.")
        return {"title": "Resume", "customer": customer, "back": customer_address(customer_id)}

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Remove the reason."""
        customer_id: UUID = ids["customer_id"]
        customer = resume(request.actor, customer_id, reason=request.POST.get("reason", ""))
        left = len(customer.suspended_reasons)
        state = f"still suspended for {left} other reason{'s' * (left > 1)}" if left else "active"
        return Done(f"{customer.organization_name} is {state}.", to=customer_address(customer_id))
