"""Graph resource units for the whole tenant: at most 600, by the simulator's own count."""

from bench.measured import Measured, Results
from bench.row import Line, Row, at_most
from bench.rows.whole import PILOTAGE


def by_simulator(measured: Measured) -> float:
    """As Graph would count."""
    return measured.details["units by the simulator"]


def by_run(measured: Measured) -> float:
    """As the run's record says."""
    return measured.details["units by the run"]


def lines(results: Results) -> list[Line]:
    """The worst of the rounds; both counts."""
    counted, recorded = (results.worst(PILOTAGE.name, f) for f in (by_simulator, by_run))
    requests = results.worst(PILOTAGE.name, lambda measured: measured.details["requests"])
    note = f"{requests:.0f} requests"
    if counted != recorded:
        note += f"; the run says {recorded:.0f}"
    ours = f"{counted:.0f} units"
    return [Line("whole tenant: resource units", ours, "-", *at_most(counted, 600, "units"), note)]


ROW = Row("units", (PILOTAGE,), lines)
