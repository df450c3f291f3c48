"""Tables of the import."""

from pilotage.imports.models.chain import ImportChain
from pilotage.imports.models.delta_link import DeltaLink
from pilotage.imports.models.import_run import (
    ImportRun,
    RunKind,
    RunPurpose,
    RunState,
    WaitingReason,
)
from pilotage.imports.models.nightly_turn import NightlyTurn
from pilotage.imports.models.object_change import ChangeKind, ObjectChange
from pilotage.imports.models.progress import CollectorProgress, CollectorState, Phase
from pilotage.imports.models.run_error import RunError
from pilotage.imports.models.run_wait import RunWait
from pilotage.imports.models.seen import SeenObject
from pilotage.imports.models.tally import Tally

__all__ = [
    "ChangeKind",
    "CollectorProgress",
    "CollectorState",
    "DeltaLink",
    "ImportChain",
    "ImportRun",
    "NightlyTurn",
    "ObjectChange",
    "Phase",
    "RunError",
    "RunKind",
    "RunPurpose",
    "RunState",
    "RunWait",
    "SeenObject",
    "Tally",
    "WaitingReason",
]
