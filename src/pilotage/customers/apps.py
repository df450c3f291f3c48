"""Django's entry for this area."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """The customers area."""

    name = "pilotage.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the area's mails known to the outbox."""
        from pilotage.customers.mails import register_mails

        register_mails()
