"""What the directory refuses; each docstring is the sentence people read."""

from pilotage.kernel.errors import NotFound


class ObjectNotFound(NotFound):
    """There is nothing with this id in the customer's directory. It may have been removed."""
