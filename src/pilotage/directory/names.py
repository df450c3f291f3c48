"""What people call the objects behind Microsoft's ids."""

from collections.abc import Iterable
from uuid import UUID

from pilotage.directory import models

_NAMED = (
    models.User,
    models.Group,
    models.Device,
    models.ServicePrincipal,
    models.DirectoryRole,
    models.AdministrativeUnit,
    models.Organization,
)


def names_of(customer_id: UUID, ids: Iterable[str]) -> dict[str, str]:
    """The display names of a customer's objects by id, removed ones included; unknown are left out.

    The caller has been given the customer already.
    """
    left = set(ids)
    names: dict[str, str] = {}
    for model in _NAMED:
        if not left:
            break
        rows = model.with_removed.filter(customer_id=customer_id, id__in=left)
        found = {key: name for key, name in rows.values_list("id", "display_name") if name}
        names |= found
        left -= found.keys()
    return names
