"""Answers that cannot be used, and pages that lead nowhere."""

from pilotage.imports.error_catalogue.entry import (
    ERROR,
    WARNING,
    Acts,
    Effect,
    Entries,
    Entry,
)

_SUPPORT = "Retry. If it stays, give Microsoft's support the request id."
_MAINTAINERS = "Report it to Pilotage's maintainers with the request id."
_BETWEEN = "Check PILOTAGE_GRAPH_URL and what stands in between."

ANSWERS: Entries = {
    "answer_unreadable": Entry(
        ERROR, Acts.MICROSOFT, Effect.PART_FAILS,
        "Microsoft's answer was damaged, several times in a row.", _SUPPORT,
    ),
    "answer_cut_off": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS,
        "The connection ended in the middle of an answer, several times in a row.",
        "Check the network between the worker and Microsoft; then retry.",
    ),
    "answer_is_a_page": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS,
        "Instead of Microsoft Graph a web page answered, several times in a row.",
        "A proxy or firewall is in between: let the worker reach Graph directly; then retry.",
    ),
    "answer_is_no_list": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS,
        "The answer is no list of objects, several times in a row.", f"{_BETWEEN} Then retry.",
    ),
    "answer_too_large": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS,
        "Microsoft's answer was larger than Pilotage is willing to read.", _MAINTAINERS,
    ),
    "nothing_returned": Entry(
        ERROR, Acts.MICROSOFT, Effect.PART_FAILS,
        "Microsoft returned an empty list where there is always something.",
        f"Nothing was removed. {_SUPPORT}",
    ),
    "link_loop": Entry(
        ERROR, Acts.MICROSOFT, Effect.PART_FAILS,
        "Microsoft's pages link back to a page that was read already.", _SUPPORT,
    ),
    "endless_pages": Entry(
        ERROR, Acts.MICROSOFT, Effect.PART_FAILS,
        "Microsoft's pages do not end: far more came than there can be, or only empty ones.",
        _SUPPORT,
    ),
    "foreign_link": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS,
        "An answer linked to an address that is not Microsoft Graph's.",
        f"Nothing was sent there. {_BETWEEN}",
    ),
    "unexpected_redirect": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS,
        "The Graph address answers with a redirect, which is never followed.", _BETWEEN,
    ),
    "object_unreadable": Entry(
        WARNING, Acts.MICROSOFT, Effect.OBJECTS_LEFT,
        "Some objects could not be read and stay as they were.", _MAINTAINERS,
    ),
    "object_without_id": Entry(
        WARNING, Acts.MICROSOFT, Effect.OBJECTS_LEFT,
        "Some objects came without an id, so nothing of this part was removed.", _MAINTAINERS,
    ),
}  # fmt: skip
