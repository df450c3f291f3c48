"""Django's entry for this area."""

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    """The onboarding area."""

    name = "pilotage.onboarding"
    label = "onboarding"

    def ready(self) -> None:
        """Make the onboarding's mails known to the outbox."""
        from pilotage.onboarding.letters import register_mails

        register_mails()
