"""Django's entry for this area."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """The catalog area."""

    name = "pilotage.catalog"
    label = "catalog"
    default_auto_field = "django.db.models.BigAutoField"
