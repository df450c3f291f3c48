"""Whether an operator's act on an onboarding applies; asked by the actions and by the menu."""

from pilotage.customers.connection_states import NEEDS_CONSENT
from pilotage.customers.errors import CustomerTerminated
from pilotage.customers.models import Customer
from pilotage.customers.queries import find_connection
from pilotage.imports.checks import get_live_connection
from pilotage.kernel import clock
from pilotage.kernel.errors import Conflict
from pilotage.onboarding.errors import AlreadyOnboarded, LinkNotRevocable, NothingToApprove
from pilotage.onboarding.models import ActivationLink, Onboarding, Step
from pilotage.onboarding.steps import next_step


class TrialIsOver(Conflict):
    """The trial has ended, and with it the time a link may work. Extend the trial first."""


def check_pending(customer: Customer) -> None:
    """Raise AlreadyOnboarded or CustomerTerminated."""
    if customer.terminated_at:
        raise CustomerTerminated
    if customer.onboarded_at:
        raise AlreadyOnboarded


def needs_new_consent(customer: Customer) -> bool:
    """Whether a customer that was connected once can go on only with a new consent.

    Its connection was ended, or Microsoft no longer lets all of the import through.
    """
    connection = find_connection(customer)
    if connection is None:
        return customer.onboarded_at is not None
    # A new link mends no outage.
    return connection.state in NEEDS_CONSENT


def check_link_has_a_use(customer: Customer) -> None:
    """Raise AlreadyOnboarded or CustomerTerminated."""
    if customer.terminated_at or not needs_new_consent(customer):
        check_pending(customer)


def check_can_resend(customer: Customer, onboarding: Onboarding) -> None:
    """Raise what resend_activation_link would raise."""
    check_link_has_a_use(customer)
    if not needs_new_consent(customer):
        next_step(onboarding.step, "resend")
    if customer.expires_at <= clock.now():
        raise TrialIsOver


def check_can_copy(customer: Customer, onboarding: Onboarding, link: ActivationLink) -> None:
    """Raise what copy_activation_link would raise."""
    check_link_has_a_use(customer)
    if onboarding.step == Step.CANCELED or link.revoked_at:
        raise LinkNotRevocable("This activation link was taken back. Resend it to get a new one.")
    if link.used_at and needs_new_consent(customer):
        raise LinkNotRevocable("This activation link was used already. Resend it to get a new one.")


def check_can_revoke(customer: Customer, link: ActivationLink) -> None:
    """Raise what revoke_activation_link would raise."""
    check_link_has_a_use(customer)
    if link.revoked_at or link.used_at:
        raise LinkNotRevocable


def check_can_cancel(customer: Customer, onboarding: Onboarding) -> None:
    """Raise what cancel_onboarding would raise."""
    check_pending(customer)
    next_step(onboarding.step, "cancel")


def check_can_approve(onboarding: Onboarding) -> None:
    """Raise what approve_sign_in would raise."""
    steps = {Step.AWAITING_APPROVAL, Step.IMPORT_FAILED, Step.COMPLETED}
    waits = onboarding.approval_admin_oid and onboarding.approved_admin_oid is None
    if not waits or onboarding.step not in steps:
        raise NothingToApprove


def check_can_probe(customer: Customer) -> None:
    """Raise what probe_connection would raise."""
    if customer.terminated_at:
        raise CustomerTerminated
    get_live_connection(customer)
