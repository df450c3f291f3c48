"""Django's entry for this area."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The mail area."""

    name = "pilotage.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
