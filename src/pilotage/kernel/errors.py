"""The four kinds of refusal; everything Pilotage refuses is a named child of one of them."""

import re
from collections.abc import Mapping
from typing import ClassVar


class PilotageError(Exception):
    """Something that Pilotage refuses; the docstring of each child is its default text.

    The class name in snake case is the `code` that page, API and CLI show alike. `fields` maps
    form field names to the sentence that belongs next to them; `details` are plain JSON values.
    """

    status: ClassVar[int] = 500

    def __init__(
        self,
        text: str = "",
        *,
        fields: Mapping[str, str] | None = None,
        details: Mapping[str, object] | None = None,
    ) -> None:
        self.text = text or self._usual_text()
        self.fields = dict(fields or {})
        self.details = dict(details or {})
        super().__init__(self.text)

    @property
    def particular(self) -> str:
        """The text, if it says more than that of all its kind does; else ""."""
        return "" if self.text == self._usual_text() else self.text

    @classmethod
    def _usual_text(cls) -> str:
        return " ".join((cls.__doc__ or "").split())

    @property
    def code(self) -> str:
        """The class name in snake case, e.g. `trial_already_converted`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


class NotFound(PilotageError):
    """There is nothing here, or it is not yours to see."""

    status = 404


class Forbidden(PilotageError):
    """Your role does not allow this. Ask an admin of your organization."""

    status = 403


class Conflict(PilotageError):
    """That does not fit the present state. Reload and look again."""

    status = 409


class Invalid(PilotageError):
    """Something in what you entered has to be corrected."""

    status = 422


def invalid(field: str, text: str) -> Invalid:
    """An `Invalid` about one form field."""
    return Invalid(text, fields={field: text})


class SettingsError(Exception):
    """Some settings are wrong or missing; `sentences` say which and what to do, one each."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__("\n".join(sentences))
