"""Django's entry for this area."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web area."""

    name = "pilotage.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
