"""Approve sign-in."""

from typing import Any
from uuid import UUID

from pilotage.customers.models import Customer
from pilotage.onboarding import checks
from pilotage.onboarding.actions.approve_sign_in import approve_sign_in
from pilotage.web.customers.confirm_panel import ConfirmPanel
from pilotage.web.customers.forms import typed_id
from pilotage.web.customers.places import customer_address
from pilotage.web.panel import Done
from pilotage.web.request import PageRequest

_REASONS = {
    "guest": "This person is a guest in the tenant.",
    "wrong_tenant": "The tenant is another one than was expected.",
}


class ApproveSignIn(ConfirmPanel):
    """Lets exactly the admin and tenant go on that are waiting."""

    template_name = "customers/panels/approve.html"
    title, submit, icon = "Approve sign-in", "Approve", "user-check"
    text = "Only this person with this tenant may go on. Approve it if you know both."

    def check(self, customer: Customer) -> None:
        """Only while somebody waits."""
        checks.check_can_approve(customer.onboarding)

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """Who waits, and why."""
        shown = super().shown(request, **ids)
        reason = shown["customer"].onboarding.approval_reason
        return {**shown, "approval_reason": _REASONS.get(reason, reason)}

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Approve whom the panel showed, and nobody who came in between."""
        customer_id: UUID = ids["customer_id"]
        form = request.POST
        approve_sign_in(
            request.actor,
            customer_id,
            tenant_id=typed_id(form, "tenant_id"),
            admin_oid=typed_id(form, "admin_oid"),
        )
        return Done(
            "Approved. The customer's admin can open the link again.",
            to=customer_address(customer_id),
        )
