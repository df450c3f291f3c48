"""The table for people and the file for machines."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench.measured import Results
from bench.row import Line
from bench.sizes import Sizes

_HEADS = ("what", "Pilotage", "peer", "ratio", "bar", "reached", "note")


def as_text(lines: Sequence[Line]) -> str:
    """One line a bar, in columns."""
    rows = [_HEADS, *map(_cells, lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    texts = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return "\n".join([texts[0], "  ".join("-" * width for width in widths), *texts[1:]])


def _cells(line: Line) -> tuple[str, ...]:
    reached = {True: "yes", False: "NO", None: "-"}[line.is_reached]
    return line.what, line.ours, line.theirs, line.ratio, line.bar, reached, line.note


def write_json(
    folder: Path, lines: Sequence[Line], results: Results, sizes: Sizes, facts: Mapping[str, object]
) -> Path:
    """Everything that was measured, under the present time."""
    now = datetime.now(UTC)
    path = folder / f"{now:%Y-%m-%dT%H%M%SZ}.json"
    content = {
        "at": now.isoformat(timespec="seconds"),
        "sizes": asdict(sizes),
        "machine": machine(),
        **facts,
        "lines": [asdict(line) for line in lines],
        "measured": results.as_builtins(),
    }
    path.write_text(json.dumps(content, indent=1))
    return path


def machine() -> dict[str, object]:
    """What it was measured on, and how busy that was."""
    return {
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "load": [round(value, 2) for value in os.getloadavg()],
    }
