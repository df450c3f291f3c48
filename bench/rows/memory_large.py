"""Peak memory with 1,000,000 users: at most 30 MB more than with 50,000."""

from bench.measured import Results
from bench.row import Line, Row, at_most
from bench.rows.large import LARGE
from bench.rows.memory import peak
from bench.rows.users import PILOTAGE


def lines(results: Results) -> list[Line]:
    """The difference of the two peaks."""
    usual, large = results.median(PILOTAGE.name, peak), results.worst(LARGE.name, peak)
    measured = at_most(large - usual, 30, "MB")
    ours = f"{large:.0f} MB"
    return [Line("peak memory, 1,000,000 users", ours, f"{usual:.0f} MB", *measured, "one round")]


ROW = Row("memory-large", (PILOTAGE, LARGE), lines, is_long=True)
