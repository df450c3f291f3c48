"""Changes of an unchanged tenant of 1,000,000 users: under 1 % of the full import's time."""

from bench.measured import Results
from bench.row import Line, Row
from bench.rows.large import LARGE

NO_DELTA = "the run read everything: there is no delta yet"


def line(results: Results, which: str, what: str, percent: float) -> Line:
    """The time of a run of changes by the first import's; not reached by a run that was full."""
    measured = results.of(LARGE.name)[0]
    seconds, full = measured.details[f"{which} seconds"], measured.seconds
    share = 100 * seconds / full
    is_delta = bool(measured.details[f"{which} is delta"])
    note = f"read {measured.details[f'{which} read']:,.0f} objects; one round"
    return Line(
        what, f"{seconds:.2f} s", f"{full:.2f} s", f"{share:.2f} %", f"under {percent:g} %",
        is_delta and share < percent, note if is_delta else NO_DELTA,
    )  # fmt: skip


def lines(results: Results) -> list[Line]:
    """One line on demand, when all lists are read, and one for a night, which leaves some out."""
    return [
        line(results, f"unchanged {when}", f"delta of 1,000,000 users, unchanged, {when}", 1.0)
        for when in ("on demand", "nightly")
    ]


ROW = Row("delta-unchanged", (LARGE,), lines, is_long=True)
