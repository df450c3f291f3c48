"""Peak memory of the worker during users: at most 160 MB."""

from bench.measured import Measured, Results
from bench.row import Line, Row, at_most
from bench.rows.users import PILOTAGE


def peak(measured: Measured) -> float:
    """VmHWM of the worker."""
    return measured.peak_mb


def lines(results: Results) -> list[Line]:
    """The worst of the rounds."""
    worst = results.worst(PILOTAGE.name, peak)
    return [Line("peak memory of the worker", f"{worst:.0f} MB", "-", *at_most(worst, 160, "MB"))]


ROW = Row("memory", (PILOTAGE,), lines)
