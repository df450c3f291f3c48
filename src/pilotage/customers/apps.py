"""Django's entry for this area."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """The customers area."""

    name = "pilotage.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"
