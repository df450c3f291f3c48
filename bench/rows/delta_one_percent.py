"""Changes of a tenant of 1,000,000 users of whom 1 % has changed: under 3 % of the full time."""

from bench.measured import Results
from bench.row import Line, Row
from bench.rows.delta_unchanged import line
from bench.rows.large import LARGE


def lines(results: Results) -> list[Line]:
    """One line on demand, when all lists are read, and one for a night, which leaves some out."""
    return [
        line(results, f"changed {when}", f"delta of 1,000,000 users, 1 % changed, {when}", 3.0)
        for when in ("on demand", "nightly")
    ]


ROW = Row("delta-one-percent", (LARGE,), lines, is_long=True)
