"""Loading Django, which only the commands that need it pay for."""

import os
from typing import Literal


def load_django() -> None:
    """Load settings and areas; raises SettingsError for what stands wrong in the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.config.settings")
    import django

    django.setup()


def require_settings(command: Literal["serve", "worker"]) -> None:
    """Raise SettingsError with one sentence for everything that `command` lacks."""
    load_django()
    from django.conf import settings

    from pilotage.kernel.errors import SettingsError

    sentences: list[str] = settings.MISSING_FOR(command)
    if sentences:
        raise SettingsError(sentences)
