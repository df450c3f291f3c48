"""`python -m bench [ROW …] [--rounds N] [--quick] [--full] [--profile]`; see bench/README.md."""

import argparse
import sys

from bench import sizes, table
from bench.measured import Measured
from bench.play import play, say
from bench.row import Row
from bench.rows import ROWS
from bench.stage.processes import BenchFailed
from bench.stage.stage import FOLDER, opened


def main() -> int:
    """Measure, print the table, write the file. Exit code 1 when something failed."""
    options = _options()
    make = sizes.quick if options.quick else sizes.usual
    chosen = make(options.rounds)
    rows = _rows(options.rows, is_full=options.full)
    try:
        with opened(chosen) as stage:
            facts = {"postgresql": stage.server.facts(), "load before": table.machine()["load"]}
            results = play(stage, rows, _tell, profiles=options.profile)
            lines = [line for row in rows for line in row.lines(results)]
    except BenchFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    path = table.write_json(FOLDER, lines, results, chosen, facts)
    print(f"\n{table.as_text(lines)}\n\n{_about(chosen, quick=options.quick)}\n{path}")
    return 0


def _options() -> argparse.Namespace:
    names = [row.name for row in ROWS]
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(names)}")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side is measured")
    parser.add_argument("--quick", action="store_true", help="small tenants, to try it out")
    parser.add_argument("--full", action="store_true", help="also the rows with 1,000,000 users")
    parser.add_argument("--profile", action="store_true", help="also where the time goes")
    options = parser.parse_args()
    unknown = set(options.rows) - set(names)
    if unknown:
        parser.error(f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return options


def _rows(names: list[str], *, is_full: bool) -> list[Row]:
    if names:
        return [row for row in ROWS if row.name in names]
    return [row for row in ROWS if is_full or not row.is_long]


def _tell(side: str, number: int, measured: Measured) -> None:
    memory = f", peak {measured.peak_mb:.0f} MB" if measured.peak_mb else ""
    say(f"  {measured.seconds:.2f} s, CPU {measured.cpu:.2f} s, {measured.objects} rows{memory}")


def _about(chosen: sizes.Sizes, *, quick: bool) -> str:
    load = table.machine()["load"]
    text = f"{chosen.users:,} users; medians of {chosen.rounds} rounds; load now {load}."
    return f"QUICK SIZES, no measure of the bars. {text}" if quick else text


if __name__ == "__main__":
    sys.exit(main())
