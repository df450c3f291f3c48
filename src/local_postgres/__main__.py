"""`python -m local_postgres DATA_DIR`: starts the supervisor and ends when the server answers."""

import argparse
import os
import signal
import sys
from pathlib import Path

from local_postgres.errors import PostgresError
from local_postgres.folder import Folder
from local_postgres.supervisor import Supervisor, Wanted


def main() -> None:
    """Fork the supervisor off; exit code 1 and one sentence if the server does not start."""
    parser = argparse.ArgumentParser(prog="python -m local_postgres")
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--lock", type=int, required=True, help="descriptor of the taken lock")
    parser.add_argument("--programs", type=Path, required=True, help="folder of initdb, postgres")
    parser.add_argument("--linger", type=float, default=3.0, help="seconds after the last user")
    parser.add_argument("--not-durable", action="store_true", help="fast, not safe: for tests")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    options = parser.parse_args()
    settings = dict(one.split("=", 1) for one in options.set)
    wanted = Wanted(options.programs, settings, not options.not_durable, options.linger)
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        _supervise(Folder(options.data_dir), wanted, options.lock, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        answer = pipe.read()
    if answer != "ready":
        sys.exit(answer or "The supervisor of PostgreSQL died while it started.")


def _supervise(folder: Folder, wanted: Wanted, lock: int, pipe: int) -> None:
    """The rest of the supervisor's life; on its own, so that no terminal's Ctrl-C reaches it."""
    os.setsid()
    os.chdir("/")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = 0
    try:
        supervisor = Supervisor(folder, wanted, lock)
        server = supervisor.start()
        os.write(pipe, b"ready")
        _detach(pipe)
        supervisor.run(server)
    except PostgresError as error:
        os.write(pipe, str(error).encode())
        code = 1
    except OSError as error:
        os.write(
            pipe, f"{error.filename or folder.path} cannot be used: {error.strerror}.".encode()
        )
        code = 1
    os._exit(code)


def _detach(pipe: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2, pipe):
        os.dup2(nothing, descriptor)


if __name__ == "__main__":
    main()
