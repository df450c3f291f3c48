"""The catalogue as the page of the docs, docs/use/import-errors.md."""

from pilotage.imports.error_catalogue import AREAS
from pilotage.imports.error_catalogue.entry import Entries, Entry

_HEAD = """# Import errors

Each error of an import has one of these codes. The run's page shows it with Microsoft's request id.
Written by `tools/write_error_docs.sh` from `src/pilotage/imports/error_catalogue`; change it there.
"""
_NAMES = (
    "code",
    "severity",
    "who acts",
    "what happened",
    "what becomes of it, if it stays",
    "what to do",
)
_COLUMNS = f"| {' | '.join(_NAMES)} |\n|{'---|' * len(_NAMES)}"


def as_markdown() -> str:
    """The whole page, one table an area."""
    return "\n".join([_HEAD, *(_area(name, entries) for name, entries in AREAS.items())])


def _area(name: str, entries: Entries) -> str:
    rows = "\n".join(_row(code, entry) for code, entry in entries.items())
    return f"## {name}\n\n{_COLUMNS}\n{rows}\n"


def _row(code: str, entry: Entry) -> str:
    link = f" [More]({entry.link})" if entry.link else ""
    cells = [
        f"`{code}`",
        entry.severity.value,
        entry.acts.value,
        entry.text,
        entry.effect.text,
        f"{entry.remedy}{link}",
    ]
    return f"| {' | '.join(cells)} |"
