"""Which customers a request is about, when it may be several."""

from uuid import UUID

from django.http import QueryDict

from pilotage.kernel.errors import Invalid

MOST = 100


class TooManyPicked(Invalid):
    """That is more than 100 customers at once. Take some away."""


class DamagedSelection(Invalid):
    """The selection in this address is damaged. Go back to the list and tick the rows again."""


def picked_ids(query: QueryDict) -> list[UUID]:
    """The ids that were ticked, each once, in their order."""
    texts = list(dict.fromkeys(query.getlist("ids")))
    if len(texts) > MOST:
        raise TooManyPicked
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise DamagedSelection from error
