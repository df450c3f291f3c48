"""A refusal of the control API."""


class Problem(Exception):
    """What was wrong with a control request, and the status to say it with."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
