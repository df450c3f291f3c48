"""Actions as data: menu, API and bulk bar read the same list, each with the reason why not."""

from collections.abc import Callable
from dataclasses import dataclass

from pilotage.customers.actions.extend_trial import preview_extend_trial
from pilotage.customers.errors import CustomerTerminated, NotSuspended
from pilotage.customers.lifecycle import check_convert, check_edit
from pilotage.customers.models import Customer
from pilotage.kernel.actor import Actor, Role
from pilotage.kernel.errors import PilotageError

Check = Callable[[Actor, Customer], object]


@dataclass(frozen=True, slots=True)
class CustomerAction:
    """One entry of the Actions menu. `check` raises the named error if it does not apply."""

    name: str
    label: str
    icon: str
    check: Check


@dataclass(frozen=True, slots=True)
class AllowedAction:
    """One entry for one customer and actor; `reason` is empty when it is allowed."""

    name: str
    label: str
    icon: str
    allowed: bool
    code: str = ""
    reason: str = ""


def _editor(check: Callable[[Customer], object]) -> Check:
    def checked(actor: Actor, customer: Customer) -> None:
        actor.require(Role.EDITOR)
        check(customer)

    return checked


def _not_terminated(customer: Customer) -> None:
    if customer.terminated_at:
        raise CustomerTerminated


def _is_suspended(customer: Customer) -> None:
    if not customer.suspended_reasons:
        raise NotSuspended("This customer is not suspended.")


ACTIONS = (
    CustomerAction(
        "extend_trial",
        "Extend trial",
        "calendar-plus",
        lambda actor, customer: preview_extend_trial(actor, customer.id),
    ),
    CustomerAction(
        "convert_to_production",
        "Convert to production account",
        "rocket",
        _editor(lambda customer: check_convert(customer.terms)),
    ),
    CustomerAction(
        "edit_customer",
        "Edit customer",
        "pencil",
        _editor(lambda customer: check_edit(customer.terms)),
    ),
    CustomerAction("suspend", "Suspend", "circle-pause", _editor(_not_terminated)),
    CustomerAction("resume", "Resume", "circle-play", _editor(_is_suspended)),
)


def judge(
    actions: tuple[CustomerAction, ...], actor: Actor, customer: Customer
) -> list[AllowedAction]:
    """Each action with whether `actor` may do it to `customer` now, and if not, why."""
    return [_judge(action, actor, customer) for action in actions]


def _judge(action: CustomerAction, actor: Actor, customer: Customer) -> AllowedAction:
    try:
        action.check(actor, customer)
    except PilotageError as error:
        return AllowedAction(action.name, action.label, action.icon, False, error.code, error.text)
    return AllowedAction(action.name, action.label, action.icon, True)
