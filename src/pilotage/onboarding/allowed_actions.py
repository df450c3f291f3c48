"""The whole Actions menu of a customer: the account's entries and the onboarding's."""

from collections.abc import Callable

from pilotage.customers import allowed_actions as of_account
from pilotage.customers.allowed_actions import AllowedAction, CustomerAction, judge
from pilotage.customers.models import Customer
from pilotage.imports.checks import check_can_import
from pilotage.kernel.actor import Actor, Role
from pilotage.onboarding import checks

Check = Callable[[Customer], None]


def _editor(check: Check) -> of_account.Check:
    def checked(actor: Actor, customer: Customer) -> None:
        actor.require(Role.EDITOR)
        check(customer)

    return checked


ACTIONS = (
    *of_account.ACTIONS,
    CustomerAction("request_import", "Import now", "cloud-download", _editor(check_can_import)),
    CustomerAction("probe_connection", "Check connection", "plug", _editor(checks.check_can_probe)),
    CustomerAction(
        "copy_activation_link",
        "Copy activation link",
        "copy",
        _editor(lambda c: checks.check_can_copy(c, c.onboarding, c.activation_link)),
    ),
    CustomerAction(
        "resend_activation_link",
        "Resend activation link",
        "send",
        _editor(lambda c: checks.check_can_resend(c, c.onboarding)),
    ),
    CustomerAction(
        "revoke_activation_link",
        "Revoke activation link",
        "link-2-off",
        _editor(lambda c: checks.check_can_revoke(c, c.activation_link)),
    ),
    CustomerAction(
        "approve_sign_in",
        "Approve sign-in",
        "user-check",
        _editor(lambda c: checks.check_can_approve(c.onboarding)),
    ),
    CustomerAction(
        "cancel_onboarding",
        "Cancel onboarding",
        "circle-x",
        _editor(lambda c: checks.check_can_cancel(c, c.onboarding)),
    ),
)


def allowed_actions(actor: Actor, customer: Customer) -> list[AllowedAction]:
    """Every action with whether `actor` may do it to `customer` now, and if not, why."""
    return judge(ACTIONS, actor, customer)
