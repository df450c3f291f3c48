"""Copy, resend and revoke the activation link; approve a sign-in; cancel the onboarding."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pilotage.customers.models import Customer
from pilotage.customers.queries import get_customer
from pilotage.imports.actions.request_import import request_import
from pilotage.onboarding.actions.approve_sign_in import approve_sign_in
from pilotage.onboarding.actions.cancel_onboarding import cancel_onboarding
from pilotage.onboarding.actions.copy_activation_link import copy_activation_link
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from pilotage.onboarding.actions.revoke_activation_link import revoke_activation_link
from pilotage.onboarding.errors import SomebodyElseWaits
from pilotage.web.customers.places import customer_address
from pilotage.web.panel import Done, PanelView
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


class ConfirmPanel(PanelView):
    """A panel that names what will happen and asks for one press."""

    template_name = "customers/panels/confirm.html"
    title: ClassVar[str]
    text: ClassVar[str]
    submit: ClassVar[str]
    kind: ClassVar[str] = "primary"
    icon: ClassVar[str] = "info"

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """Title, text and button."""
        customer_id: UUID = ids["customer_id"]
        return {
            "title": self.title,
            "text": self.text,
            "submit": self.submit,
            "kind": self.kind,
            "icon": self.icon,
            "customer": get_customer(request.actor, customer_id),
            "back": customer_address(customer_id),
        }


class ResendLink(ConfirmPanel):
    """A new link, perhaps to another address; the earlier one stops working."""

    template_name = "customers/panels/resend.html"
    title, submit = "Resend activation link", "Send"
    text = "A new link is made and mailed. The earlier link stops working at once."

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """The address it will go to."""
        shown = super().shown(request, **ids)
        usual = shown["customer"].activation_link.to
        return {**shown, "notification_email": request.POST.get("notification_email", usual)}

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Make and mail it."""
        customer_id: UUID = ids["customer_id"]
        to = request.POST.get("notification_email", "")
        resend_activation_link(request.actor, customer_id, to=to)
        return Done(f"A new activation link goes to {to}.", to=customer_address(customer_id))


class RevokeLink(ConfirmPanel):
    """The link stops working until a new one is sent."""

    title, submit, kind, icon = "Revoke activation link", "Revoke", "danger", "link-2-off"
    text = "The link stops working at once. You can send a new one at any time."

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Revoke it."""
        customer_id: UUID = ids["customer_id"]
        revoke_activation_link(request.actor, customer_id)
        return Done("The activation link is revoked.", to=customer_address(customer_id))


class CancelOnboarding(ConfirmPanel):
    """Ends the onboarding; the customer leaves the list."""

    title, submit, kind, icon = "Cancel onboarding", "Cancel onboarding", "danger", "circle-x"
    text = (
        "The activation link stops working at once and a running import stops. The customer "
        "leaves this list; its history stays in the audit log. This cannot be undone."
    )

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Cancel it."""
        customer_id: UUID = ids["customer_id"]
        customer: Customer = cancel_onboarding(request.actor, customer_id)
        message = f"Onboarding of {customer.organization_name} canceled."
        return Done(message, to=reverse("pending_customers"))


class ApproveSignIn(ConfirmPanel):
    """Lets exactly the admin and tenant go on that are waiting."""

    template_name = "customers/panels/approve.html"
    title, submit, icon = "Approve sign-in", "Approve", "user-check"
    text = "Only this person with this tenant may go on. Approve it if you know both."

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Approve it."""
        customer_id: UUID = ids["customer_id"]
        approve_sign_in(request.actor, customer_id)
        return Done(
            "Approved. The customer's admin can open the link again.",
            to=customer_address(customer_id),
        )


def _shown_id(request: PageRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise SomebodyElseWaits from error


class RequestImport(ConfirmPanel):
    """Reads the tenant now."""

    title, submit, icon = "Run import", "Run now", "cloud-download"
    text = (
        "Users, licences, groups and the rest of the directory are read again. "
        "Nothing is changed in the tenant."
    )

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Queue it and go to the run."""
        customer_id: UUID = ids["customer_id"]
        run = request_import(request.actor, customer_id)
        to = reverse("import_run", args=[run.id])
        return Done(f"Import {run.number} queued.", to=to, leave=True)
