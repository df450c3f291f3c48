"""Reading JSON so that no two readers can understand a body differently (ASVS 1.5.3)."""

import json
import math
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from pilotage.api.errors import MalformedRequest, WrongMediaType

_LONGEST_NUMBER = 40
# JavaScript and many JSON readers lose digits above this.
_LARGEST_INTEGER = 2**53 - 1


class StrictParser(Parser):
    """Refuses duplicate keys, NaN, huge numbers, NUL, lone surrogates and other encodings."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as an object; raises WrongMediaType or MalformedRequest."""
        if request.content_type != "application/json":
            raise WrongMediaType
        value = parse(request.body)
        if not isinstance(value, dict):
            raise MalformedRequest("The body must be a JSON object.")
        return value

    def parse_querydict(
        self, data: "MultiValueDict[str, str]", list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Query parameters, of which the gateway has checked that each is given once."""
        return {key: data[key] for key in data}


def parse(body: bytes) -> Any:
    """One JSON value in UTF-8; raises MalformedRequest."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as error:
        raise MalformedRequest("The body is not UTF-8.") from error
    except json.JSONDecodeError as error:
        text = f"The body is not JSON: {error.msg} at position {error.pos}."
        raise MalformedRequest(text) from error
    except RecursionError as error:
        raise MalformedRequest("The body is nested too deeply.") from error
    _check_text(value)
    return value


def check_text(text: str) -> None:
    """Raise MalformedRequest for a text that PostgreSQL cannot keep."""
    if "\0" in text:
        raise MalformedRequest("NUL characters are not allowed.")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise MalformedRequest("A text holds half of a surrogate pair.")


def _check_text(value: Any) -> None:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            check_text(value)
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedRequest("A key is given twice in one object.")
    return found


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER or abs(int(text)) > _LARGEST_INTEGER:
        raise MalformedRequest("A number is too large.")
    return int(text)


def _float(text: str) -> float:
    value = float(text) if len(text) <= _LONGEST_NUMBER else math.inf
    if not math.isfinite(value):
        raise MalformedRequest("A number is too large.")
    return value


def _refuse_constant(name: str) -> None:
    raise MalformedRequest(f"{name} is not JSON.")
