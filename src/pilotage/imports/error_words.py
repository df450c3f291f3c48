"""An error of a run in words: the catalogue's, made to fit this one.

Pages, API, command line, events and the outcome of a run say it alike.
"""

from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.error_catalogue import Acts, Remedy, entry_for
from pilotage.imports.models import RunError

# What is noted with it is the whole sentence, and names what the catalogue cannot.
_TELLS_ALL = ("collector_needed",)
_OVER = "Nothing more: the import ended while it waited for this."


def what_happened(error: RunError) -> str:
    """One sentence; it names the permission or the part of the import that is missing."""
    text = entry_for(error.code).text
    if error.code in _TELLS_ALL:
        return error.text or text
    if error.code == "permission_missing" and error.collector in BY_NAME:
        return f"{text.rstrip('.')} ({BY_NAME[error.collector].permission})."
    return text


def particular(error: RunError) -> str:
    """What only this one tells, besides what happened; "" for nothing."""
    return "" if error.code in _TELLS_ALL else error.text


def what_to_do(error: RunError) -> str:
    """The remedy; an import that has ended does not go on by itself."""
    entry = entry_for(error.code)
    only_waits = entry.action is Remedy.WAIT and entry.acts is Acts.NOBODY
    if only_waits and error.resolved_at is None and error.run.is_finished:
        return _OVER
    return entry.remedy
