"""Django's entry for this area."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The directory area."""

    name = "pilotage.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
