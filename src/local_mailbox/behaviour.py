"""How the mail server answers: for tests, and to try out what happens when mail fails."""

from dataclasses import dataclass

MODES = {
    "accept": "Accept every mail",
    "450": "Refuse for now (450)",
    "550": "Refuse the recipient for good (550)",
    "554": "Refuse the content for good (554)",
    "drop": "Hang up before answering",
    "accept_and_drop": "Keep the mail, then hang up",
    "hang": "Never answer",
}


class UnknownMode(ValueError):
    """That is none of the modes."""


@dataclass
class Behaviour:
    """What happens to the next mails; `times` limits it, None is until further notice."""

    mode: str = "accept"
    times: int | None = None

    def change(self, mode: str, times: int | None = None) -> None:
        """From the next mail on; raises UnknownMode."""
        if mode not in MODES:
            raise UnknownMode(f"mode must be one of: {', '.join(MODES)}")
        if times is not None and times < 1:
            raise UnknownMode("times must be 1 or more, or absent")
        self.mode, self.times = mode, times

    def take(self) -> str:
        """The mode for one mail that is coming in now."""
        mode = self.mode
        if self.times is not None:
            self.times -= 1
            if not self.times:
                self.change("accept")
        return mode
