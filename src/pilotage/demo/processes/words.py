"""What the demo says on the terminal."""

import re
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage.demo.processes.place import Place

if TYPE_CHECKING:
    from pilotage.demo.processes.parts import Parts


def say(text: str) -> None:
    """One or more lines, seen at once also through a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def step(what: str) -> Iterator[None]:
    """Name a step, and how long it took."""
    began = time.monotonic()
    sys.stdout.write(f"{what} … ")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        say("")
        raise
    clear = "\033[K" if sys.stdout.isatty() else ""
    say(f"{clear}ready ({time.monotonic() - began:.1f} s)")


def progress(line: str) -> None:
    """Show "12 of 60" behind the present step, on a terminal only."""
    if sys.stdout.isatty() and re.fullmatch(r"\d+ of \d+", line):
        # Save the cursor, write, go back: the next text begins where this one does.
        sys.stdout.write(f"\0337{line} customers\0338")
        sys.stdout.flush()


def _pilotage() -> str:
    """How to call the command from anywhere; it need not be on the PATH."""
    return shlex.quote(str(Path(sys.executable).with_name("pilotage")))


def welcome(place: Place, parts: "Parts") -> None:
    """Where everything is and how to stop it."""
    lines = (
        ("Open", parts.base_url),
        ("Sign in", "one click on a sample operator, no password"),
        ("Try it", "Add customer for admin@kingfisher.example, a tenant nobody has connected yet"),
        ("Mails", parts.mailbox_url),
        ("Microsoft 365", parts.simulator_url),
        ("Data, logs", f"{place.path} (begin anew: make demo RESET=1)"),
        ("Commands", f"set -a; . '{place.settings}'; {_pilotage()} customers list"),
        ("Stop", "Ctrl-C"),
    )
    width = max(len(name) for name, _ in lines)
    body = "\n".join(f"  {_bold(f'{name:<{width}}')}  {text}" for name, text in lines)
    say(f"\nPilotage is ready.\n\n{body}\n")


def _bold(text: str) -> str:
    return f"\033[1m{text}\033[0m" if sys.stdout.isatty() else text
