"""One result of a check of the installation."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was checked, whether it is as it should be, what was seen, and what to do if not."""

    name: str
    is_ok: bool
    text: str
    remedy: str = ""

    def as_json(self) -> dict[str, object]:
        """The finding as `pilotage doctor --json` prints it."""
        return asdict(self)


def ok(name: str, text: str) -> Finding:
    """A finding without a problem."""
    return Finding(name, True, text)


def problem(name: str, text: str, remedy: str) -> Finding:
    """A finding that somebody has to do something about."""
    return Finding(name, False, text, remedy)
