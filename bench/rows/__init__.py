"""All bars, one a file, in the order of the table."""

from bench.row import Row
from bench.rows import (
    copy,
    delta_one_percent,
    delta_unchanged,
    growth,
    latency,
    limit,
    memory,
    memory_large,
    msgraph_sdk,
    resync,
    units,
    users,
    whole,
)

ROWS: tuple[Row, ...] = (
    users.ROW,
    whole.ROW,
    msgraph_sdk.ROW,
    copy.ROW,
    memory.ROW,
    memory_large.ROW,
    latency.ROW,
    units.ROW,
    limit.ROW,
    resync.ROW,
    growth.ROW,
    delta_unchanged.ROW,
    delta_one_percent.ROW,
)
