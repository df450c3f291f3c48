"""PostgreSQL's own limit: COPY of the rows that an import of users leaves, and nothing else."""

import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.measured import Measured
from bench.sides.pilotage import OF_CUSTOMER, measure_first
from bench.stage.database import tables_of
from bench.stage.installation import BASE
from bench.stage.processes import BenchFailed, clean_environment, run
from bench.stage.stage import Stage

_FROM_USERS = ("directory_user", "directory_licenceassignment")


def copy_alone(stage: Stage) -> Measured:
    """Load the rendered rows into empty copies of the tables, over one connection."""
    parts = _rendered(stage)
    with stage.server.database() as url:
        _make_tables(url, parts)
        before = stage.server.cpu_seconds()
        command = [sys.executable, "-m", "bench.sides.copy_floor", url, *map(str, parts.values())]
        seconds, cpu, rows = map(float, run(command, clean_environment()).split())
        server_cpu = stage.server.cpu_seconds() - before
    return Measured(seconds, cpu + server_cpu, {"users": int(rows)})


def _rendered(stage: Stage) -> dict[str, Path]:
    """By table, a file of its rows as COPY text; made from an import, once."""
    folder = stage.folder / "copy"
    if not (folder / "complete").exists():
        folder.mkdir(exist_ok=True)
        with stage.server.database(BASE) as url:
            measure_first(stage, url, stage.people(stage.sizes.users))
            _unload(url, folder)
        (folder / "complete").touch()
    return {path.stem: path for path in sorted(folder.glob("*.copy"))}


def _unload(url: str, folder: Path) -> None:
    with psycopg.connect(url) as connection:
        for table in tables_of(connection, *_FROM_USERS):
            copied = f"copy (select * from {table} where {OF_CUSTOMER}) to stdout"
            definition = _definition(connection, table)
            (folder / f"{table}.sql").write_text(definition)
            with (
                connection.cursor().copy(copied.encode()) as copy,
                (folder / f"{table}.copy").open("wb") as file,
            ):
                file.writelines(copy)


def _definition(connection: "psycopg.Connection[Any]", table: str) -> str:
    """The same columns and the same primary key, without partitions."""
    columns = connection.execute(
        "select attname, format_type(atttypid, atttypmod), collname from pg_attribute"
        " left join pg_collation c on c.oid = attcollation and collname = 'C'"
        " where attrelid = %s::regclass and attnum > 0 and not attisdropped order by attnum",
        [table],
    ).fetchall()
    indexes = connection.execute(
        "select indexdef from pg_indexes where tablename = %s order by indexname", [table]
    ).fetchall()
    typed = [
        f'"{name}" {kind}' + (f' collate "{collation}"' if collation else "")
        for name, kind, collation in columns
    ]
    made = f"create table {table} ({', '.join(typed)});"
    texts = [str(row[0]).replace(" ON ONLY ", " ON ") for row in indexes]
    return "\n".join([made, *(f"{text};" for text in texts)])


def _make_tables(url: str, parts: dict[str, Path]) -> None:
    if not parts:
        raise BenchFailed("There are no rows to copy.")
    with psycopg.connect(url) as connection:
        for path in parts.values():
            connection.execute(path.with_suffix(".sql").read_text().encode())


def main(url: str, *files: str) -> None:
    """In a process of its own: print seconds, processor seconds and number of users."""
    blocks = {Path(file).stem: Path(file).read_bytes() for file in files}
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        started, before = time.perf_counter(), time.process_time()
        for table, block in blocks.items():
            with cursor.copy(sql.SQL("copy {} from stdin").format(sql.Identifier(table))) as copy:
                copy.write(block)
        connection.commit()
        seconds, cpu = time.perf_counter() - started, time.process_time() - before
        rows = cursor.execute("select count(*) from directory_user").fetchone()
    print(seconds, cpu, rows[0] if rows else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
