"""Run by the stack in a process of its own: the cast, in the database of the browser tests."""

import os

import django


def main() -> None:
    """Insert the cast; everybody has finished setting up the account."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "pilotage.config.settings"
    django.setup()
    from pilotage.kernel import clock
    from pilotage.partners.models import Operator
    from tests.cast import build

    build()
    Operator.objects.update(set_up_at=clock.now())


if __name__ == "__main__":
    main()
