"""Django's entry for this area."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The imports area."""

    name = "pilotage.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
