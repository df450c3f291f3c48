"""10,000 -> 1,000,000 users: the time for each object stays within 1.25 x."""

from bench.measured import Measured, Results
from bench.row import Line, Row, at_most
from bench.rows.large import LARGE, SMALL


def microseconds(measured: Measured) -> float:
    """Time for one object."""
    return measured.seconds / measured.objects * 1e6


def lines(results: Results) -> list[Line]:
    """The large tenant's time for one object, and the small one's."""
    large = results.median(LARGE.name, microseconds)
    small = results.median(SMALL.name, microseconds)
    measured = at_most(large / small, 1.25)
    ours, theirs = f"{large:.1f} µs/user", f"{small:.1f} µs/user"
    return [Line("growth 10,000 -> 1,000,000 users", ours, theirs, *measured, "large: one round")]


ROW = Row("growth", (SMALL, LARGE), lines, is_long=True)
