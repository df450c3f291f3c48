"""Tables of the import."""

from pilotage.imports.models.import_run import ImportRun, RunKind, RunState, WaitingReason
from pilotage.imports.models.progress import CollectorProgress, CollectorState
from pilotage.imports.models.run_error import RunError
from pilotage.imports.models.seen import SeenObject

__all__ = [
    "CollectorProgress",
    "CollectorState",
    "ImportRun",
    "RunError",
    "RunKind",
    "RunState",
    "SeenObject",
    "WaitingReason",
]
