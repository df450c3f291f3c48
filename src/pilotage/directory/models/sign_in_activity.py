"""When accounts were last used."""

from django.db import models

from pilotage.directory.models.imported import Imported, object_id


class SignInActivity(Imported):
    """The latest sign-ins of one user, whose id is `id`; null where there never was one.

    A user without a row is one that Microsoft has told nothing about.
    """

    pk = models.CompositePrimaryKey("customer_id", "id")
    id = object_id()
    last_sign_in_at = models.DateTimeField(null=True, help_text="By the person, or an attempt.")
    last_non_interactive_at = models.DateTimeField(null=True, help_text="By the person's programs.")
    last_successful_at = models.DateTimeField(null=True, help_text="Of either kind.")

    def __str__(self) -> str:
        return self.id
