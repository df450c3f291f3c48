"""Django's entry for this area."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API area."""

    name = "pilotage.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
