"""Approve sign-in: let exactly one person of exactly one tenant through the guard."""

from uuid import UUID

from django.db import transaction

from pilotage.customers.models import Customer
from pilotage.events.record import record
from pilotage.kernel.actor import Actor, Role
from pilotage.onboarding.checks import check_can_approve
from pilotage.onboarding.errors import SomebodyElseWaits
from pilotage.onboarding.locked import lock_onboarding
from pilotage.onboarding.move import move
from pilotage.onboarding.steps import can_move


@transaction.atomic
def approve_sign_in(
    actor: Actor,
    customer_id: UUID,
    *,
    tenant_id: UUID | None = None,
    admin_oid: UUID | None = None,
) -> Customer:
    """Approve the sign-in that waits: a guest, or an admin of another tenant than expected.

    The person opens the link and signs in again; role, uniqueness and proof are asked as ever.
    `tenant_id` and `admin_oid` are whom the operator was shown. Raises NothingToApprove, or
    SomebodyElseWaits when another person has come in between.
    """
    actor.require(Role.EDITOR)
    locked = lock_onboarding(actor, customer_id)
    onboarding = locked.onboarding
    check_can_approve(onboarding)
    if (tenant_id or onboarding.approval_tenant_id) != onboarding.approval_tenant_id:
        raise SomebodyElseWaits
    if (admin_oid or onboarding.approval_admin_oid) != onboarding.approval_admin_oid:
        raise SomebodyElseWaits
    onboarding.approved_admin_oid = onboarding.approval_admin_oid
    if can_move(onboarding.step, "approve"):
        move(onboarding, "approve")
    else:
        onboarding.save(update_fields=["approved_admin_oid"])
    record(
        actor,
        "activation.approved",
        customer=locked.customer,
        message=f"Approved the sign-in of {onboarding.approval_admin}",
        details={
            "reason": onboarding.approval_reason,
            "tenant_id": str(onboarding.approval_tenant_id),
            "oid": str(onboarding.approval_admin_oid),
        },
    )
    return locked.customer
