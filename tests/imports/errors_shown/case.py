"""A case: how one code of the catalogue is provoked, and what is expected besides it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pytest_django import Settings

from pilotage.imports.models import ImportRun
from tests.imports.stage import Stage

DEVICES = r"^/v1\.0/devices(\?|$)"


@dataclass
class Scene:
    """One tenant and what a case may change about the world; all ends with `stack`."""

    stage: Stage
    settings: Settings
    folder: Path
    stack: ExitStack

    def fault(self, kind: str, path: str = "", **options: Any) -> None:
        """A fault of this tenant, for as long as the case goes on."""
        self.stack.enter_context(self.stage.fault(kind, path, options=options))

    def set_microsoft(self, **changes: Any) -> None:
        """Other settings of Microsoft's, until the case ends."""
        self.stack.enter_context(_changed(self.settings, changes))

    def enter(self, context: AbstractContextManager[Any]) -> Any:
        return self.stack.enter_context(context)


@contextmanager
def _changed(settings: Settings, changes: dict[str, Any]) -> Iterator[None]:
    before = settings.MICROSOFT
    settings.MICROSOFT = replace(before, **changes)
    try:
        yield
    finally:
        settings.MICROSOFT = before


Play = Callable[[Scene], ImportRun | None]


@dataclass(frozen=True)
class Case:
    """`play` sets the scene, and may play the run itself and give it back.

    `collector` is whose error it is, "" for the run's own, "?" for whichever asks first.
    `is_microsofts`: Microsoft has answered, so its request id is there. `is_recent`: the consent
    was given just now.
    """

    code: str
    play: Play
    collector: str = "devices"
    is_microsofts: bool = True
    is_recent: bool = False


def of_graph(code: str, status: int, graph_code: str, message: str = "No.", **more: Any) -> Case:
    """Graph refuses the devices, and nothing else, in this way."""
    given = {"status": status, "code": graph_code, "message": message, **more}

    def play(scene: Scene) -> None:
        scene.fault("graph_error", DEVICES, **given)

    return Case(code, play)


def of_graph_for_all(code: str, status: int, graph_code: str, message: str, **more: Any) -> Case:
    """Graph refuses everything in this way."""
    given = {"status": status, "code": graph_code, "message": message, **more}

    def play(scene: Scene) -> None:
        scene.fault("graph_error", r"^/v1\.0/", **given)

    return Case(code, play, collector="")


def of_sign_in(code: str, number: int) -> Case:
    """The token endpoint answers with an AADSTS number."""

    def play(scene: Scene) -> None:
        scene.fault("login_error", code=number)

    return Case(code, play, collector="")


def of_answers(code: str, kind: str, **options: Any) -> Case:
    """The devices come spoiled by a fault of whole answers or of pages."""

    def play(scene: Scene) -> None:
        scene.fault(kind, DEVICES, **options)

    return Case(code, play, is_microsofts=kind not in {"html_200", "drop", "huge_body"})
