"""Everything that can go wrong has an entry, and every entry is complete."""

import inspect
from pathlib import Path

import pytest

from pilotage.imports import errors as own
from pilotage.imports.error_catalogue import CATALOGUE, Acts, Remedy, code_of
from pilotage.imports.error_catalogue.as_markdown import as_markdown
from pilotage.imports.run.commit_pages import NothingReturned
from pilotage.kernel.errors import PilotageError
from pilotage.microsoft import proof
from pilotage.microsoft.errors import MicrosoftError
from pilotage.microsoft.graph import errors as graph
from pilotage.microsoft.identity import errors as identity

DOCS = Path(__file__).resolve().parents[2] / "docs" / "use" / "import-errors.md"
# These need a person at a browser, which no import has.
SIGN_IN_ONLY = {
    "SignInDeclined", "AdminApprovalNeeded", "AccountNotInTenant", "CodeAlreadyUsed",
    "CodeExpired", "PersonalAccount", "TokenRejected", "TokenUnreadable",
}  # fmt: skip


def classes(module: object) -> list[type[PilotageError]]:
    found = vars(module).values()
    return [c for c in found if inspect.isclass(c) and issubclass(c, MicrosoftError)]


RAISED = sorted(
    {c for module in (graph, identity, proof) for c in classes(module)} - {MicrosoftError},
    key=lambda c: c.__name__,
)


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_each_error_of_the_client_has_an_entry_of_its_own(kind: type[PilotageError]) -> None:
    raw = kind.__new__(kind)
    code = code_of(raw)
    if kind.__name__ in SIGN_IN_ONLY:
        assert code == "identity_error"
    elif kind.__name__ in {"TenantMismatch", "NotAnAdministrator", "MissingPermissions"}:
        assert code == "microsoft_error"
    else:
        assert code.replace("_", "") == kind.__name__.lower()


def test_our_own_stops_have_entries() -> None:
    stops = [own.NotConnected, own.CustomerExpired, own.CollectorNeeded, own.InternalError]
    codes = {code_of(stop()) for stop in (*stops, NothingReturned)}
    assert codes == {
        "not_connected", "customer_expired", "collector_needed", "internal_error",
        "nothing_returned",
    }  # fmt: skip


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_an_entry_says_what_who_and_how(code: str) -> None:
    entry = CATALOGUE[code]
    assert entry.text.endswith(".") and entry.remedy.endswith(".")
    assert entry.acts in Acts and entry.action in Remedy
    assert not entry.link or entry.link.startswith("https://")


def sentences(text: str) -> set[str]:
    return {part.strip(" .") for part in text.replace(":", ".").replace(";", ".").split(". ")}


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_an_entry_says_nothing_twice(code: str) -> None:
    entry = CATALOGUE[code]
    parts = [sentences(entry.text), sentences(entry.effect.text), sentences(entry.remedy)]
    assert len(set.union(*parts)) == sum(map(len, parts))


def test_the_docs_say_the_same() -> None:
    assert DOCS.read_text() == as_markdown(), "run tools/write_error_docs.sh"
