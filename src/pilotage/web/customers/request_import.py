"""Import now."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from pilotage.customers.models import Customer
from pilotage.imports.actions.request_import import request_import
from pilotage.imports.checks import check_can_import
from pilotage.web.customers.confirm_panel import ConfirmPanel
from pilotage.web.panel import Done
from pilotage.web.request import PageRequest


class RequestImport(ConfirmPanel):
    """Reads the tenant now."""

    template_name = "customers/panels/import.html"
    title, submit, icon = "Import now", "Import now", "cloud-download"
    text = "The tenant is only read: nothing is changed in it."

    def check(self, customer: Customer) -> None:
        """Only with a tenant, and while no other import runs."""
        check_can_import(customer)

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Queue it and go to the run."""
        customer_id: UUID = ids["customer_id"]
        run = request_import(request.actor, customer_id, is_full=request.POST.get("full") == "yes")
        to = reverse("import_run", args=[run.id])
        return Done(f"Import {run.number} queued.", to=to, leave=True)
