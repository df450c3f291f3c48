"""`python -m microsoft365_simulator`: starts the server until it is told to stop."""

import argparse
from pathlib import Path

from microsoft365_simulator.options import Options
from microsoft365_simulator.server import run


def parsed(arguments: list[str] | None = None) -> Options:
    """The options on the command line."""
    parser = argparse.ArgumentParser(prog="microsoft365_simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9443, help="0 takes any free port")
    parser.add_argument(
        "--browser-port",
        type=int,
        help="also serve the pages a person visits over plain HTTP; 0 takes any free port",
    )
    parser.add_argument("--state-dir", type=Path, required=True)
    parser.add_argument("--config", type=Path, help="JSON with applications and tenants")
    parser.add_argument("--ready-file", type=Path, help="written once the server listens")
    parser.add_argument("--page-cache-megabytes", type=int, default=256)
    return Options(**vars(parser.parse_args(arguments)))


if __name__ == "__main__":
    run(parsed())
