"""Why the demo does not run."""

from pilotage.kernel.errors import Conflict, Invalid


class DemoRunning(Conflict):
    """The demo runs already in this folder. Stop it there, or set another PILOTAGE_DATA_DIR."""


class DemoFailed(Conflict):
    """A part of the demo did not start."""


class NoFreePort(Invalid):
    """No free port was found near the wanted one. Choose another with --port (make: PORT=…)."""
