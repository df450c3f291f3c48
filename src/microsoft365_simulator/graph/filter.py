"""OData `$filter`: read into a test of rows, with what the planner needs to know about it.

Which operators need the advanced index: learn.microsoft.com/graph/aad-advanced-queries.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from microsoft365_simulator.graph.errors import bad_request, unsupported_query

Row = dict[str, object]
Test = Callable[[Row], bool]

_TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<mark>[(),:])"
    r"|(?P<word>[^\s(),:']+(?::\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?))"
)
_COMPARISONS: dict[str, Callable[[object, object], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "gt": lambda left, right: _order(left, right) == 1,
    "ge": lambda left, right: _order(left, right) in (0, 1),
    "lt": lambda left, right: _order(left, right) == -1,
    "le": lambda left, right: _order(left, right) in (-1, 0),
}
_FUNCTIONS: dict[str, Callable[[str, str], bool]] = {
    "startswith": str.startswith,
    "endswith": str.endswith,
}


@dataclass(slots=True)
class Filter:
    """A parsed filter. `ids` and `upn_prefixes` are set when they alone bound the result."""

    test: Test
    fields: set[str] = field(default_factory=set)
    is_advanced: bool = False
    ids: list[str] | None = None
    upn_prefixes: list[str] | None = None


def parse(text: str, *, alternatives: int = 15) -> Filter:
    """Raises GraphError 400 for what is no filter, or one that Graph does not offer.

    `alternatives`: how many clauses may be joined by `or`, or stand in the list of `in`.
    """
    return _Parser(text, alternatives).whole()


def _order(left: object, right: object) -> int | None:
    """-1, 0 or 1; None where the two cannot be ordered, so that no comparison holds."""
    if isinstance(left, int) and isinstance(right, int):
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    return None


def _plain(value: object) -> object:
    """Strings compare without regard to case."""
    return value.casefold() if isinstance(value, str) else value


class _Parser:
    """Recursive descent: or, and, not, then comparisons, functions and `any`."""

    def __init__(self, text: str, alternatives: int) -> None:
        self._alternatives = alternatives
        self._tokens = self._split(text)
        self._at = 0
        self._fields: set[str] = set()
        self._is_advanced = False

    def whole(self) -> Filter:
        found = self._either()
        if self._at < len(self._tokens):
            raise self._wrong()
        found.fields, found.is_advanced = self._fields, self._is_advanced
        return found

    def _split(self, text: str) -> list[str]:
        tokens, at = [], 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None:
                raise bad_request("Invalid filter clause: an unterminated literal.")
            tokens.append(match.group().strip())
            at = match.end()
        return tokens

    def _wrong(self) -> Exception:
        near = self._tokens[self._at] if self._at < len(self._tokens) else "the end"
        return bad_request(f"Invalid filter clause: syntax error at '{near}'.")

    def _peek(self) -> str:
        return self._tokens[self._at].lower() if self._at < len(self._tokens) else ""

    def _take(self, expected: str | None = None) -> str:
        if self._at >= len(self._tokens) or expected not in (None, self._peek()):
            raise self._wrong()
        self._at += 1
        return self._tokens[self._at - 1]

    def _either(self) -> Filter:
        found, clauses = self._both(), 1
        while self._peek() == "or":
            self._take()
            clauses += 1
            self._check_alternatives(clauses)
            left, right = found, self._both()
            found = Filter(
                _any(left.test, right.test),
                ids=_joined(left.ids, right.ids),
                upn_prefixes=_joined(left.upn_prefixes, right.upn_prefixes),
            )
        return found

    def _check_alternatives(self, count: int) -> None:
        if count > self._alternatives:
            raise unsupported_query(
                "Too many child clauses specified in search filter expression containing 'OR' "
                f"operators: {count}. Max allowed: {self._alternatives}."
            )

    def _both(self) -> Filter:
        found = self._one()
        while self._peek() == "and":
            self._take()
            left, right = found, self._one()
            found = Filter(
                _all(left.test, right.test),
                ids=left.ids if left.ids is not None else right.ids,
                upn_prefixes=left.upn_prefixes or right.upn_prefixes,
            )
        return found

    def _one(self) -> Filter:
        if self._peek() == "not":
            self._take()
            self._is_advanced = True
            inner = self._one()
            return Filter(lambda row: not inner.test(row))
        if self._peek() == "(":
            self._take()
            found = self._either()
            self._take(")")
            return found
        word = self._take()
        if self._peek() == "(":
            return self._any_of(word) if word.endswith("/any") else self._function(word)
        return self._comparison(word)

    def _function(self, name: str) -> Filter:
        if name.lower() not in _FUNCTIONS:
            raise unsupported_query(f"The function '{name}' is not supported in a filter.")
        self._take("(")
        path = self._path(self._take())
        self._take(",")
        wanted = self._literal(self._take())
        self._take(")")
        if not isinstance(wanted, str):
            raise self._wrong()
        self._is_advanced |= name.lower() == "endswith"
        matches, folded = _FUNCTIONS[name.lower()], wanted.casefold()
        is_upn = name.lower() == "startswith" and path == ["userPrincipalName"] and bool(folded)
        return Filter(
            lambda row: any(matches(text.casefold(), folded) for text in _texts(row, path)),
            upn_prefixes=[folded] if is_upn else None,
        )

    def _comparison(self, word: str) -> Filter:
        path, operator = self._path(word), self._take().lower()
        if operator == "in":
            return self._one_of(path)
        if operator not in _COMPARISONS:
            self._at -= 1
            raise self._wrong()
        wanted = self._literal(self._take())
        self._is_advanced |= operator == "ne" or path[-1] == "$count"
        compare, folded = _COMPARISONS[operator], _plain(wanted)
        is_id = operator == "eq" and path == ["id"]
        return Filter(
            lambda row: compare(_plain(_value(row, path)), folded),
            ids=[str(wanted)] if is_id else None,
        )

    def _one_of(self, path: list[str]) -> Filter:
        self._take("(")
        wanted = [self._literal(self._take())]
        while self._peek() == ",":
            self._take()
            wanted.append(self._literal(self._take()))
            self._check_alternatives(len(wanted))
        self._take(")")
        folded = [_plain(value) for value in wanted]
        ids = [str(value) for value in wanted] if path == ["id"] else None
        return Filter(lambda row: _plain(_value(row, path)) in folded, ids=ids)

    def _any_of(self, word: str) -> Filter:
        """`path/any(x:test of x)`: the test is read with x standing for each element."""
        path = self._path(word.removesuffix("/any"))
        self._take("(")
        variable = self._take()
        self._take(":")
        before = set(self._fields)
        inner = self._either()
        self._take(")")
        self._fields = before
        return Filter(lambda row: any(inner.test({variable: e}) for e in _items(row, path)))

    def _path(self, word: str) -> list[str]:
        path = word.split("/")
        if not re.fullmatch(r"[A-Za-z_$][\w$]*", path[0]):
            self._at -= 1
            raise self._wrong()
        self._fields.add(path[0])
        return path

    def _literal(self, token: str) -> object:
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        constants: dict[str, object] = {"true": True, "false": False, "null": None}
        if token.lower() in constants:
            return constants[token.lower()]
        return int(token) if re.fullmatch(r"-?\d{1,18}", token) else token


def _joined(left: list[str] | None, right: list[str] | None) -> list[str] | None:
    """Two bounds joined by `or` are a bound only if both sides have one."""
    return None if left is None or right is None else [*left, *right]


def _any(left: Test, right: Test) -> Test:
    return lambda row: left(row) or right(row)


def _all(left: Test, right: Test) -> Test:
    return lambda row: left(row) and right(row)


def _value(row: Row, path: list[str]) -> object:
    value: object = row
    for name in path:
        if name == "$count":
            return len(value) if isinstance(value, list) else 0
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _texts(row: Row, path: list[str]) -> list[str]:
    value = _value(row, path)
    return [value] if isinstance(value, str) else []


def _items(row: Row, path: list[str]) -> list[object]:
    value = _value(row, path)
    return value if isinstance(value, list) else []
