"""allauth's forms, in our words."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A key that can sign in on its own unless its owner says otherwise."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        alone = self.fields["passwordless"]
        alone.initial = True
        alone.label = "Sign in with this passkey alone"
        alone.help_text = "Without password and code. Leave it out for a key that is a second step."
