"""Copy, resend and revoke the activation link; cancel the onboarding."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pilotage.customers.models import Customer
from pilotage.customers.queries import get_customer
from pilotage.onboarding import checks
from pilotage.onboarding.actions.cancel_onboarding import cancel_onboarding
from pilotage.onboarding.actions.copy_activation_link import copy_activation_link
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.actions.revoke_activation_link import revoke_activation_link
from pilotage.web.customers.confirm_panel import ConfirmPanel
from pilotage.web.customers.mail_goes import mail_goes
from pilotage.web.customers.places import customer_address
from pilotage.web.panel import Done
from pilotage.web.request import PageRequest


@require_POST
def copy_link(request: PageRequest, customer_id: UUID) -> HttpResponse:
    """The link as text for the clipboard, or on a page where there are no scripts.

    A POST, because each copy stands in the event log.
    """
    address = copy_activation_link(request.actor, customer_id)
    if request.headers.get("Accept") == "text/plain":
        return HttpResponse(address, content_type="text/plain; charset=utf-8")
    context = {
        "title": "Activation link",
        "address": address,
        "customer": get_customer(request.actor, customer_id),
        "back": reverse("pending_customers"),
    }
    return render(request, "customers/copied.html", context)


class ResendLink(ConfirmPanel):
    """A new link, perhaps to another address; the earlier one stops working."""

    template_name = "customers/panels/resend.html"
    title, submit = "Resend activation link", "Send"
    text = "A new link is made and mailed. The earlier link stops working at once."

    def check(self, customer: Customer) -> None:
        """Only while it is pending."""
        checks.check_can_resend(customer, customer.onboarding)

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """The address it will go to."""
        shown = super().shown(request, **ids)
        usual = shown["customer"].activation_link.to
        return {**shown, "notification_email": request.POST.get("notification_email", usual)}

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Make and mail it."""
        customer_id: UUID = ids["customer_id"]
        to = request.POST.get("notification_email", "")
        customer = resend_activation_link(request.actor, customer_id, to=to)
        message = f"There is a new activation link. {mail_goes(request.actor, customer)}"
        return Done(message, to=customer_address(customer_id))


class RevokeLink(ConfirmPanel):
    """The link stops working until a new one is sent."""

    title, submit, kind, icon = "Revoke activation link", "Revoke", "danger", "link-2-off"
    text = "The link stops working at once. You can send a new one at any time."

    def check(self, customer: Customer) -> None:
        """Only a link that still works."""
        checks.check_can_revoke(customer, customer.activation_link)

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Revoke it."""
        customer_id: UUID = ids["customer_id"]
        revoke_activation_link(request.actor, customer_id)
        return Done("The activation link is revoked.", to=customer_address(customer_id))


class CancelOnboarding(ConfirmPanel):
    """Ends the onboarding; the customer leaves the list."""

    title, submit, kind, icon = "Cancel onboarding", "Cancel onboarding", "danger", "circle-x"
    dismiss = "Keep it going"
    text = (
        "The activation link stops working at once and a running import stops. The customer "
        "leaves this list; its history stays in the audit log. This cannot be undone."
    )

    def check(self, customer: Customer) -> None:
        """Only while it is pending."""
        checks.check_can_cancel(customer, customer.onboarding)

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Cancel it."""
        customer_id: UUID = ids["customer_id"]
        customer: Customer = cancel_onboarding(request.actor, customer_id)
        message = f"Onboarding of {customer.organization_name} canceled."
        return Done(message, to=reverse("pending_customers"))
