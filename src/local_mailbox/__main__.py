"""`python -m local_mailbox`: a real SMTP server and the page that shows what it received."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from local_mailbox.server import Options, run


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the options and serve until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m local_mailbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address of both servers")
    parser.add_argument("--smtp-port", type=int, default=1025, help="0: any free one")
    parser.add_argument("--http-port", type=int, default=8025, help="0: any free one")
    parser.add_argument("--state-dir", type=Path, required=True, help="where the mails are kept")
    parser.add_argument("--ready-file", type=Path, help="written (JSON) once both servers answer")
    run(Options(**vars(parser.parse_args(arguments))))


if __name__ == "__main__":
    main()
