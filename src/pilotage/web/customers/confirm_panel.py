"""A panel that names what will happen and asks for one press."""

from typing import Any, ClassVar
from uuid import UUID

from pilotage.customers.models import Customer
from pilotage.customers.queries import get_customer
from pilotage.web.customers.places import customer_address
from pilotage.web.panel import PanelView
from pilotage.web.request import PageRequest


class ConfirmPanel(PanelView):
    """Title, text and buttons; a child says which action it is.

    `dismiss` is on the button that does nothing: beside "Cancel import" it must not say "Cancel".
    """

    template_name = "customers/panels/confirm.html"
    title: ClassVar[str]
    text: ClassVar[str]
    submit: ClassVar[str]
    dismiss: ClassVar[str] = "Cancel"
    kind: ClassVar[str] = "primary"
    icon: ClassVar[str] = "info"

    def check(self, customer: Customer) -> None:
        """Raise what the action would raise: nobody confirms what cannot be done."""
        raise NotImplementedError

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """Title, text and buttons."""
        customer_id: UUID = ids["customer_id"]
        customer = get_customer(request.actor, customer_id)
        self.check(customer)
        return {
            "title": self.title,
            "text": self.text,
            "submit": self.submit,
            "dismiss": self.dismiss,
            "kind": self.kind,
            "icon": self.icon,
            "customer": customer,
            "back": customer_address(customer_id),
        }
