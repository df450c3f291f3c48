"""Django's entry for this area."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The partners area."""

    name = "pilotage.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make this area's mails known to the outbox."""
        from pilotage.partners.mails import register_mails

        register_mails()
