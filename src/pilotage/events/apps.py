"""Django's entry for this area."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The events area."""

    name = "pilotage.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"
