"""Customers, in and out."""

from ninja import Schema
from pydantic import Field

from pilotage.api.schemas.values import (
    Code,
    Cursor,
    Day,
    Id,
    Input,
    Limit,
    Line,
    Moment,
    Search,
)


class CustomerFilters(Schema):
    """Which customers, in which order, and which page of them; empty means all."""

    pending: bool | None = None
    search: Search = ""
    status: Code = ""
    account_type: Code = ""
    source: Code = ""
    sku: Code = ""
    sort: Code = "organization_name"
    cursor: Cursor = ""
    limit: Limit = 50


class AddCustomer(Input):
    """A new customer; `partner_id` is your own partner unless you say otherwise."""

    organization_name: Line
    notification_email: Line
    sku: Code
    add_ons: list[Code] = Field(default=[], max_length=50)
    expected_domain: Line = ""
    partner_id: Id | None = None


class EditCustomer(Input):
    """What is left out stays as it is."""

    expires_on: Day | None = None
    sku: Code | None = None
    add_ons: list[Code] | None = Field(default=None, max_length=50)


class ConvertToProduction(Input):
    """The account's terms from now on."""

    expires_on: Day
    sku: Code
    add_ons: list[Code] = Field(default=[], max_length=50)


class ExtendTrial(Input):
    """`expected_end` is the day that the preview showed."""

    expected_end: Day
    reason: Line = ""


class ReasonIn(Input):
    """Why, in 1 to 40 characters."""

    reason: Line


class ResendLink(Input):
    """Another address to send to; empty: the one of before."""

    to: Line = ""


class PartnerRef(Schema):
    """The partner of a customer."""

    id: str
    name: str


class ConnectionOut(Schema):
    """The tenant that a customer is bound to; state “none” when there is none."""

    state: str
    tenant_id: str | None = None
    tenant_name: str = ""
    default_domain: str = ""
    bound_at: Moment | None = None
    bound_by: str = ""


class OnboardingOut(Schema):
    """Where the onboarding stands."""

    step: str
    changed_at: Moment
    waiting_reason: str
    waiting_until: Moment | None


class AllowedActionOut(Schema):
    """An action, and if it does not apply, the code and the reason."""

    name: str
    allowed: bool
    code: str
    reason: str


class CustomerOut(Schema):
    """A customer. `expires_on` is the day of `expires_at` in the partner's time zone."""

    id: str
    organization_name: str
    notification_email: str
    partner: PartnerRef
    source: str
    account_type: str
    status: str
    is_pending: bool
    sku: str
    add_ons: list[str]
    seats_used: int
    seat_limit: int | None
    expires_at: Moment
    expires_on: str
    created_at: Moment
    converted_at: Moment | None
    onboarded_at: Moment | None
    onboarding_canceled_at: Moment | None
    suspended_reasons: list[str]
    terminated_at: Moment | None
    expected_domain: str
    last_import_at: Moment | None
    connection: ConnectionOut
    onboarding: OnboardingOut | None
    version: int


class CustomerDetail(CustomerOut):
    """A customer with what can be done with it now."""

    allowed_actions: list[AllowedActionOut]


class CustomerPage(Schema):
    """One page of customers; `next` and `previous` go into `cursor`, empty at the ends."""

    items: list[CustomerOut]
    next: str
    previous: str


class ExtensionOut(Schema):
    """One row of the extension ledger."""

    number: int
    old_end: Moment
    new_end: Moment
    reason: str
    actor: str
    at: Moment


class ExtensionPreview(Schema):
    """What an extension would do now; send `expected_end` back to get exactly that."""

    number: int
    current_end: Moment
    new_end: Moment
    expected_end: str
    remaining: int | None


class LinkOut(Schema):
    """The activation link, which is a secret."""

    activation_link: str
