"""What allauth may do here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from pilotage.events.record import record
from pilotage.kernel.actor import system_actor
from pilotage.partners.access import actor_for_operator
from pilotage.partners.models import Operator
from pilotage.partners.queries import list_operators

_SILENT = {
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "mfa/messages/recovery_codes_generated.txt",
}
# What allauth would write a mail about, by the template it would use.
_CHANGES = {
    "account/email/password_changed": "Password changed",
    "mfa/email/recovery_codes_generated": "New recovery codes made",
    "mfa/email/totp_activated": "Authenticator app set up",
    "mfa/email/totp_deactivated": "Authenticator app removed",
    "mfa/email/webauthn_added": "Passkey added",
    "mfa/email/webauthn_removed": "Passkey removed",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Operators are invited; nobody signs up. Sign-ins stand in the event log."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **options: Any
    ) -> HttpResponse:
        """Record the sign-in once all its steps are done."""
        response: HttpResponse = super().post_login(request, user, **options)
        if isinstance(user, Operator):
            actor = actor_for_operator(user)
            record(actor, "operator.signed_in", message=f"{user.name} signed in")
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a failed sign-in of an operator that exists; the visitor is not told which."""
        email = str(credentials.get("email") or credentials.get("username") or "").lower()
        actor = system_actor("sign-in")
        operator = list_operators(actor).filter(email=email).first()
        if operator is not None:
            record(
                actor,
                "operator.sign_in_failed",
                partner_id=operator.partner_id,
                message=f"Failed sign-in for {operator.name}",
                details={"operator_id": str(operator.id)},
            )

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, *args: Any, **options: Any
    ) -> None:
        """Record that an operator changed how they sign in."""
        if isinstance(user, Operator):
            change = _CHANGES.get(template_prefix, "Sign-in methods changed")
            actor = actor_for_operator(user)
            record(actor, "operator.factor_changed", message=f"{change} by {user.name}")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **options: Any,
    ) -> None:
        """All of allauth's but those that say what the page shows anyway."""
        if message_template not in _SILENT:
            super().add_message(request, level, message_template, *args, **options)
