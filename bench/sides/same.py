"""Both sides must have done the same work; otherwise the bench fails."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.select import LISTS
from bench.stage.processes import BenchFailed

_SIGN_INS = {"id", "signInActivity"}


def check_rows(who: str, rows: Mapping[str, int], truth: Mapping[str, int]) -> None:
    """Raise BenchFailed unless there are as many rows as the tenant has objects."""
    wrong = {name: (rows[name], truth[name]) for name in rows if rows[name] != truth[name]}
    if wrong:
        said = ", ".join(f"{name}: {have} of {has}" for name, (have, has) in wrong.items())
        raise BenchFailed(f"{who} did not leave the same rows: {said}.")


def check_select(requests: Sequence[Mapping[str, Any]]) -> None:
    """Raise BenchFailed when Pilotage selects other properties than the peers do."""
    for request in requests:
        url = urlsplit(request["target"])
        expected = LISTS.get(url.path.removeprefix("/v1.0/"))
        selected = parse_qs(url.query).get("$select")
        if selected and set(selected[0].split(",")) == _SIGN_INS:
            # A list of its own, which a tenant without the licence refuses.
            continue
        if expected and selected and set(selected[0].split(",")) != set(expected):
            raise BenchFailed(
                f"Pilotage selects other properties of {url.path} than bench/select.py says: "
                f"{sorted(set(selected[0].split(',')) ^ set(expected))}."
            )
