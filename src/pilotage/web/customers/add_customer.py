"""Add customer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pilotage.customers.queries import trial_rules
from pilotage.kernel.actor import Actor, Role
from pilotage.kernel.errors import invalid
from pilotage.onboarding.actions.add_customer import add_customer
from pilotage.partners.models import Partner
from pilotage.partners.queries import visible_to
from pilotage.web.customers.forms import chosen_add_ons, plan_choices
from pilotage.web.customers.mail_goes import mail_goes
from pilotage.web.panel import Done, PanelView
from pilotage.web.request import PageRequest


class AddCustomer(PanelView):
    """Organization name, notification email, SKU, add-ons; Apply mails the activation link."""

    template_name = "customers/panels/add.html"

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """The form, with what was typed."""
        form = request.POST
        partners = selling_partners(request.actor)
        partner_id = _chosen_partner(request.actor, form, partners)
        return {
            "title": "Add customer",
            "back": reverse("customers"),
            "typed": form,
            "partners": partners if len(partners) > 1 else [],
            "partner_id": partner_id,
            "trial_days": trial_rules(partner_id).length_days,
            **plan_choices(request.actor, partner_id, form.get("sku", ""), chosen_add_ons(form)),
        }

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Create the customer and its activation link."""
        form = request.POST
        customer = add_customer(
            request.actor,
            partner_id=_chosen_partner(request.actor, form, selling_partners(request.actor)),
            organization_name=form.get("organization_name", ""),
            notification_email=form.get("notification_email", ""),
            sku=form.get("sku", ""),
            add_ons=form.getlist("add_ons"),
            expected_domain=form.get("expected_domain", ""),
        )
        goes = mail_goes(request.actor, customer)
        message = f"{customer.organization_name} added. {goes}"
        return Done(message, to=reverse("pending_customers"), leave=True)


@require_safe
def fitting_plan(request: PageRequest) -> HttpResponse:
    """SKUs and add-ons anew, after another SKU or partner was chosen in a form."""
    request.actor.require(Role.EDITOR)
    partner_id = _chosen_partner(request.actor, request.GET, selling_partners(request.actor))
    form = request.GET
    plan = plan_choices(request.actor, partner_id, form.get("sku", ""), chosen_add_ons(form))
    return render(request, "customers/panels/_plan.html", plan)


def selling_partners(actor: Actor) -> list[Partner]:
    """Those for which the actor may add a customer, by name."""
    return list(visible_to(actor).order_by("name", "id"))


def _chosen_partner(actor: Actor, form: QueryDict, partners: list[Partner]) -> UUID:
    text = form.get("partner", "")
    found = next((p.id for p in partners if str(p.id) == text), None)
    if text and found is None:
        raise invalid("partner", "Choose a partner from the list.")
    if found is None and actor.partner_id is None:
        raise invalid("partner", "Choose a partner from the list.")
    return found or actor.partner_id or partners[0].id
