"""Users against COPY of the same rows alone: at most 2.5 x its time and 2.6 x its CPU."""

from bench import scenes
from bench.measured import Results, cpu, seconds
from bench.row import Line, Row, Side, at_most
from bench.rows.users import PILOTAGE
from bench.sides.copy_floor import copy_alone
from bench.words import timed

COPY = Side("users by COPY alone", scenes.plain, copy_alone)


def lines(results: Results) -> list[Line]:
    """One line for the time, one for the processor."""
    time_ratio = results.ratio(PILOTAGE.name, COPY.name, seconds)
    cpu_ratio = results.ratio(PILOTAGE.name, COPY.name, cpu)
    ours, theirs = timed(results, PILOTAGE.name), timed(results, COPY.name)
    our_cpu = f"{results.median(PILOTAGE.name, cpu):.2f} s"
    their_cpu = f"{results.median(COPY.name, cpu):.2f} s"
    return [
        Line("users: COPY alone, time", ours, theirs, *at_most(time_ratio, 2.5)),
        Line("users: COPY alone, CPU", our_cpu, their_cpu, *at_most(cpu_ratio, 2.6)),
    ]


ROW = Row("copy", (PILOTAGE, COPY), lines)
