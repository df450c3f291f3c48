"""Running `pilotage` in this process, so that it sees the test's transaction."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pilotage.cli.main import main


@dataclass(frozen=True)
class Ended:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


Pilotage = Callable[..., Ended]


@pytest.fixture
def pilotage(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Pilotage:
    """`pilotage("customers", "list", "--json")`."""

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["pilotage", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        code = end.value.code
        return Ended(code if isinstance(code, int) else 0, said.out, said.err)

    return run
