"""Convert to production account, and Edit customer: end date, SKU and add-ons as one change."""

from datetime import date
from typing import Any, ClassVar, TypedDict
from uuid import UUID

from pilotage.customers.actions.convert_to_production import convert_to_production
from pilotage.customers.actions.edit_customer import edit_customer
from pilotage.customers.lifecycle import Terms, check_convert, check_edit
from pilotage.customers.models import Customer
from pilotage.customers.queries import get_customer
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor
from pilotage.web import times
from pilotage.web.customers.forms import chosen_add_ons, plan_choices, typed_day, typed_version
from pilotage.web.customers.places import customer_address
from pilotage.web.customers.rows import Row
from pilotage.web.panel import Done, PanelView
from pilotage.web.request import PageRequest


class Change(TypedDict):
    """What both actions take."""

    expires_on: date
    sku: str
    add_ons: list[str]
    version: int | None


class TermsPanel(PanelView):
    """What both panels share."""

    template_name = "customers/panels/terms.html"
    title: ClassVar[str]
    submit: ClassVar[str]

    def check(self, terms: Terms) -> None:
        """Raise what forbids it."""
        raise NotImplementedError

    def change(self, actor: Actor, customer_id: UUID, change: Change) -> Customer:
        """Call the action."""
        raise NotImplementedError

    def first_day(self, customer: Customer) -> date:
        """The day that stands in the field when the panel opens."""
        raise NotImplementedError

    def done_message(self, customer: Customer, until: str) -> str:
        """What is said when it is done."""
        raise NotImplementedError

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """The form with what was typed, or with what holds now; raises what forbids it."""
        customer_id: UUID = ids["customer_id"]
        customer = get_customer(request.actor, customer_id)
        self.check(customer.terms)
        form = request.POST
        codes = [add_on.code for add_on in customer.add_ons.all()]
        return {
            "title": self.title,
            "submit": self.submit,
            "customer": customer,
            "row": Row(customer),
            "back": customer_address(customer_id),
            "zone": customer.partner.time_zone,
            "today": clock.day_in(clock.now(), customer.partner.time_zone).isoformat(),
            "expires_on": form.get("expires_on") or self.first_day(customer).isoformat(),
            "partner_id": customer.partner_id,
            **plan_choices(
                request.actor,
                customer.partner_id,
                form.get("sku", customer.sku.code),
                chosen_add_ons(form) if form else codes,
            ),
        }

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Carry it out."""
        customer_id: UUID = ids["customer_id"]
        form = request.POST
        change = Change(
            expires_on=typed_day(form, "expires_on"),
            sku=form.get("sku", ""),
            add_ons=form.getlist("add_ons"),
            version=typed_version(form),
        )
        customer = self.change(request.actor, customer_id, change)
        until = times.day(customer.expires_at, customer.partner.time_zone)
        return Done(self.done_message(customer, until), to=customer_address(customer_id))


class ConvertToProduction(TermsPanel):
    """Trial to production account."""

    title, submit = "Convert to production account", "Convert"

    def check(self, terms: Terms) -> None:
        """Only trials that an MSP has brought."""
        check_convert(terms)

    def change(self, actor: Actor, customer_id: UUID, change: Change) -> Customer:
        """Convert it."""
        return convert_to_production(actor, customer_id, **change)

    def first_day(self, customer: Customer) -> date:
        """A year from today, where the partner is."""
        today = clock.day_in(clock.now(), customer.partner.time_zone)
        is_leap_day = (today.month, today.day) == (2, 29)
        return today.replace(year=today.year + 1, day=28 if is_leap_day else today.day)

    def done_message(self, customer: Customer, until: str) -> str:
        """Full access from now on."""
        return f"{customer.organization_name} is a production account until {until}."


class EditCustomer(TermsPanel):
    """A production account's terms."""

    title, submit = "Edit customer", "Save"

    def check(self, terms: Terms) -> None:
        """Only production accounts that an MSP has brought."""
        check_edit(terms)

    def change(self, actor: Actor, customer_id: UUID, change: Change) -> Customer:
        """Edit it."""
        return edit_customer(actor, customer_id, **change)

    def first_day(self, customer: Customer) -> date:
        """The day on which it ends now."""
        return clock.day_in(customer.expires_at, customer.partner.time_zone)

    def done_message(self, customer: Customer, until: str) -> str:
        """The new terms."""
        return f"{customer.organization_name} saved: {customer.sku.name} until {until}."
