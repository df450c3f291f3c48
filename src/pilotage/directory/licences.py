"""What a customer has bought at Microsoft, who holds it, and what of it is wasted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Func, QuerySet

from pilotage.customers.queries import get_customer
from pilotage.directory.lists.users import IS_LICENSED, UNUSED_DAYS, unused_since
from pilotage.directory.models import SignInActivity, SubscribedSku, User
from pilotage.directory.products import FREE, product_name
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Licence:
    """One product; all numbers are licences. `bought` includes those in their grace time
    (`in_warning`). `on_disabled` are held by accounts that may not sign in, `unused` by accounts
    nobody has used, by days; it is empty where Microsoft does not tell sign-ins.
    """

    sku_id: str
    part_number: str
    name: str
    status: str
    is_free: bool
    bought: int
    assigned: int
    in_warning: int
    on_disabled: int
    unused: dict[int, int]

    @property
    def free(self) -> int:
        """Bought and not assigned."""
        return max(0, self.bought - self.assigned)

    @property
    def is_over(self) -> bool:
        """More are assigned than there are: Microsoft will switch some off."""
        return self.assigned > self.bought


@dataclass(frozen=True, slots=True)
class Insights:
    """Licence waste and unused accounts; free products are left out of the licences.

    `unused_accounts` are accounts with a licence, by days without a sign-in; None when Microsoft
    does not tell sign-ins of this tenant.
    """

    bought: int
    assigned: int
    unassigned: int
    on_disabled: int
    disabled_accounts: int
    unused_accounts: dict[int, int] | None
    on_unused: dict[int, int] | None


def list_licences(actor: Actor, customer_id: UUID) -> list[Licence]:
    """The products of the tenant by name; raises CustomerNotFound."""
    customer = get_customer(actor, customer_id)
    users = User.objects.filter(customer=customer)
    on_disabled = _held(users.filter(account_enabled=False))
    unused = {
        days: _held(unused_since(users, clock.now() - timedelta(days=days)))
        for days in (UNUSED_DAYS if _tells_sign_ins(customer.id) else ())
    }
    found = [
        _licence(sku, on_disabled, unused)
        for sku in SubscribedSku.objects.filter(customer=customer)
    ]
    return sorted(found, key=lambda licence: (licence.is_free, licence.name.lower()))


def insights(
    actor: Actor, customer_id: UUID, licences: Sequence[Licence] | None = None
) -> Insights:
    """What an MSP can save its customer; raises CustomerNotFound.

    `licences` is what `list_licences` found, from a caller that shows both: it reads every user.
    """
    customer = get_customer(actor, customer_id)
    found = list_licences(actor, customer.id) if licences is None else licences
    paid = [one for one in found if not one.is_free]
    users = User.objects.filter(IS_LICENSED, customer=customer)
    knows = _tells_sign_ins(customer.id)
    return Insights(
        bought=sum(one.bought for one in paid),
        assigned=sum(one.assigned for one in paid),
        unassigned=sum(one.free for one in paid),
        on_disabled=sum(one.on_disabled for one in paid),
        disabled_accounts=users.filter(account_enabled=False).count(),
        unused_accounts=_unused_accounts(users) if knows else None,
        on_unused={days: sum(one.unused[days] for one in paid) for days in UNUSED_DAYS}
        if knows
        else None,
    )


def _unused_accounts(users: QuerySet[User]) -> dict[int, int]:
    now = clock.now()
    return {days: unused_since(users, now - timedelta(days=days)).count() for days in UNUSED_DAYS}


def _tells_sign_ins(customer_id: UUID) -> bool:
    """Sign-ins are told of tenants with Microsoft Entra ID P1 or P2 alone."""
    return SignInActivity.objects.filter(customer_id=customer_id).exists()


def _held(users: QuerySet[Any]) -> Counter[str]:
    """How many of the users hold each product."""
    each = users.filter(IS_LICENSED).annotate(sku=Func("licence_sku_ids", function="unnest"))
    counted: Iterable[tuple[str, int]] = (
        each.order_by().values("sku").annotate(n=Count("*")).values_list("sku", "n")
    )
    return Counter(dict(counted))


def _licence(
    sku: SubscribedSku, on_disabled: Counter[str], unused: dict[int, Counter[str]]
) -> Licence:
    part_number = sku.sku_part_number or ""
    return Licence(
        sku_id=sku.sku_id,
        part_number=part_number,
        name=product_name(part_number, sku.sku_id),
        status=sku.capability_status or "",
        is_free=part_number in FREE,
        bought=(sku.enabled_units or 0) + (sku.warning_units or 0),
        assigned=sku.consumed_units or 0,
        in_warning=sku.warning_units or 0,
        on_disabled=on_disabled[sku.sku_id],
        unused={days: held[sku.sku_id] for days, held in unused.items()},
    )
