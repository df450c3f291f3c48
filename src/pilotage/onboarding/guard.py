"""The wrong-tenant guard: who signed in, and whether this link may go to their tenant."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from pilotage.customers.models import Customer, TenantConnection
from pilotage.customers.queries import find_connection
from pilotage.events.record import record
from pilotage.kernel.actor import Actor, system_actor
from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.identity import SignedInAdmin, can_consent, resolve_tenant
from pilotage.onboarding.domains import domain_differs, domain_of
from pilotage.onboarding.errors import (
    GuestNeedsApproval,
    MicrosoftUnavailable,
    NotAnAdmin,
    TenantTaken,
    WrongTenant,
)
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.models import ActivationSession, Onboarding
from pilotage.onboarding.move import move
from pilotage.onboarding.refuse import refuse
from pilotage.onboarding.sessions import check_generation
from pilotage.onboarding.steps import can_move


def check_admin(actor: Actor, session: ActivationSession, admin: SignedInAdmin) -> None:
    """Raise unless this person may bind this customer to their tenant; nothing is stored before.

    The order is role, expected tenant, guest, tenant taken: whoever approves a guest must not let
    another tenant through unseen.
    """
    link, customer = session.link, session.link.customer
    facts = {"tenant_id": str(admin.tid), "username": admin.username}
    if not can_consent(admin):
        refuse(actor, link, NotAnAdmin(), facts)
    if link.used_at:
        _check_returning(actor, session, admin)
        return
    onboarding = Onboarding.objects.get(customer=customer)
    if not _is_approved(onboarding, admin):
        if not _is_expected(actor, session, admin):
            _ask_for_approval(actor, session, admin, "wrong_tenant")
            refuse(actor, link, WrongTenant(details={"domain": domain_of(admin.username)}), facts)
        if admin.is_guest:
            _ask_for_approval(actor, session, admin, "guest")
            refuse(actor, link, GuestNeedsApproval(), facts)
    if is_taken(admin.tid, by_other_than=customer.id):
        tell_claim_refused(customer, admin.tid)
        refuse(actor, link, TenantTaken(), facts)
    _warn_if_domain_differs(actor, customer, admin)


def is_taken(tenant_id: UUID, *, by_other_than: UUID) -> bool:
    """Whether another customer of this installation has a live claim on the tenant."""
    live = TenantConnection.objects.filter(tenant_id=tenant_id, released_at=None)
    return live.exclude(customer_id=by_other_than).exists()


def tell_claim_refused(customer: Customer, tenant_id: UUID) -> None:
    """An event for both sides; neither learns who the other is."""
    live = TenantConnection.objects.select_related("customer").filter(
        tenant_id=tenant_id, released_at=None
    )
    holder = live.exclude(customer_id=customer.id).first()
    system = system_actor("onboarding")
    with transaction.atomic():
        record(
            system,
            "tenant.claim_refused",
            customer=customer,
            message="The tenant is connected to another customer of this installation",
            details={"tenant_id": str(tenant_id)},
        )
        if holder is not None:
            record(
                system,
                "tenant.claim_refused",
                customer=holder.customer,
                message="Somebody tried to connect this customer's tenant with another link",
                details={"tenant_id": str(tenant_id)},
            )


def _check_returning(actor: Actor, session: ActivationSession, admin: SignedInAdmin) -> None:
    connection = find_connection(session.link.customer)
    if connection is None or connection.tenant_id != admin.tid:
        facts = {"tenant_id": str(admin.tid), "username": admin.username}
        refuse(actor, session.link, WrongTenant(), facts)


def _is_approved(onboarding: Onboarding, admin: SignedInAdmin) -> bool:
    return onboarding.approved_admin_oid == admin.oid and onboarding.approval_tenant_id == admin.tid


def _is_expected(actor: Actor, session: ActivationSession, admin: SignedInAdmin) -> bool:
    customer = session.link.customer
    before = _tenant_before(customer)
    if before is not None:
        return before == admin.tid
    try:
        return is_expected(customer, admin.tid)
    except MicrosoftError as error:
        # Without an answer nobody is let through.
        refuse(actor, session.link, MicrosoftUnavailable(), {"error": error.code})


def is_expected(customer: Customer, tenant_id: UUID) -> bool:
    """Whether the tenant fits what the operator said; raises MicrosoftError without an answer."""
    if customer.expected_tenant_id is not None:
        return customer.expected_tenant_id == tenant_id
    if not customer.expected_domain:
        return True
    return resolve_tenant(settings.MICROSOFT, customer.expected_domain) == tenant_id


def _tenant_before(customer: Customer) -> UUID | None:
    """The tenant whose data is there already, if there is some: another one needs an approval."""
    connection = find_connection(customer)
    if connection is None and customer.onboarded_at:
        connection = customer.connections.order_by("-bound_at").first()
    return connection.tenant_id if connection else None


@transaction.atomic
def _ask_for_approval(
    actor: Actor, session: ActivationSession, admin: SignedInAdmin, why: str
) -> None:
    locked = lock_onboarding(actor, session.link.customer_id)
    check_generation(locked.link, session.generation)
    onboarding = locked.onboarding
    onboarding.approval_reason = why
    onboarding.approval_tenant_id = admin.tid
    onboarding.approval_admin_oid = admin.oid
    guest = ", a guest" if admin.is_guest else ""
    onboarding.approval_admin = f"{admin.name[:120]} ({admin.username[:160]}){guest}"
    onboarding.approved_admin_oid = None
    if can_move(onboarding.step, "need_approval"):
        move(onboarding, "need_approval")
    else:
        # Somebody who has been on board before: the onboarding stays where it is.
        onboarding.save()
    record(
        actor,
        "activation.approval_needed",
        customer=locked.customer,
        message=f"{onboarding.approval_admin} waits for your approval",
        details={"reason": why, "tenant_id": str(admin.tid), "oid": str(admin.oid)},
    )


def _warn_if_domain_differs(actor: Actor, customer: Customer, admin: SignedInAdmin) -> None:
    if customer.expected_domain or not domain_differs(customer, admin.username):
        return
    with transaction.atomic():
        record(
            actor,
            "tenant.domain_differs",
            customer=customer,
            message=f"{admin.username} signed in; the link went to {customer.notification_email}",
            details={"tenant_id": str(admin.tid)},
        )
