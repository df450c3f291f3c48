"""All bars, one a file, in the order of the table."""

from bench.row import Row
from bench.rows import users, whole

ROWS: tuple[Row, ...] = (users.ROW, whole.ROW)
