"""What Microsoft Graph says: later, not so, not this."""

from pilotage.imports.error_catalogue.entry import (
    ERROR,
    GRAPH_ERRORS,
    INFO,
    LEARN,
    STATUS,
    WARNING,
    Acts,
    Effect,
    Entries,
    Entry,
    Remedy,
)

_WAITS = "Nothing to do: the import goes on by itself."
_HOURS = "It is tried again by itself for up to two hours; retry after that."
_MAINTAINERS = "Report it to Pilotage's maintainers with the request id."
_SUPPORT = "Retry. If it stays, give Microsoft's support the request id."
_THROTTLING = f"{LEARN}/graph/throttling"

GRAPH: Entries = {
    "throttled": Entry(
        INFO, Acts.NOBODY, Effect.WAITS, "Microsoft asked to slow down for this tenant.", _WAITS,
        Remedy.WAIT, _THROTTLING,
    ),
    "application_throttled": Entry(
        WARNING, Acts.PROVIDER, Effect.WAITS,
        "Microsoft asked to slow down for all tenants of this installation.",
        "Nothing to do at once. If it happens often, spread the nightly imports further.",
        Remedy.WAIT, _THROTTLING,
    ),
    "bandwidth_exceeded": Entry(
        WARNING, Acts.NOBODY, Effect.PART_FAILS,
        "Microsoft Graph says that more was read than the application may read.", _HOURS,
        link=GRAPH_ERRORS,
    ),
    "graph_unavailable": Entry(
        WARNING, Acts.MICROSOFT, Effect.PART_FAILS, "Microsoft Graph did not answer.", _HOURS,
        link=STATUS,
    ),
    "graph_timeout": Entry(
        WARNING, Acts.MICROSOFT, Effect.PART_FAILS,
        "Microsoft Graph took longer than a minute to answer.", _HOURS, link=STATUS,
    ),
    "resource_locked": Entry(
        WARNING, Acts.MICROSOFT, Effect.PART_FAILS,
        "Microsoft Graph says that the directory is locked at the moment.", _HOURS,
        link=GRAPH_ERRORS,
    ),
    "token_refused": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS, "Microsoft Graph refused a fresh access token.",
        "Check that sign-in and Graph addresses are of one cloud.", link=GRAPH_ERRORS,
    ),
    "token_of_another_cloud": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS,
        "Microsoft Graph says that the access token is meant for something else.",
        "PILOTAGE_MICROSOFT_CLOUD and PILOTAGE_GRAPH_URL have to belong together.",
    ),
    "token_outside_its_time": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS,
        "Microsoft Graph says that a fresh access token has expired or is not valid yet.",
        "Set the clock of the worker's machine right, and keep it so by NTP; then retry.",
    ),
    "page_token_expired": Entry(
        WARNING, Acts.NOBODY, Effect.PART_FAILS,
        "Microsoft no longer knew the page to go on from, several times.",
        "Retry: the list is read from its start.",
    ),
    "delta_expired": Entry(
        WARNING, Acts.NOBODY, Effect.PART_FAILS,
        "Microsoft no longer knows what has changed since the last import, several times.",
        "Retry: all is read anew.",
    ),
    "object_gone": Entry(
        WARNING, Acts.NOBODY, Effect.PART_FAILS, "Microsoft Graph does not know this resource.",
        "Retry. If it stays, this cloud does not offer it; the rest is imported.",
    ),
    "resource_not_offered": Entry(
        WARNING, Acts.NOBODY, Effect.PART_FAILS,
        "Microsoft Graph does not offer this in the organization's cloud.",
        "Nothing can be done about it; the rest is imported.", Remedy.NONE,
        f"{LEARN}/graph/deployments",
    ),
    "query_not_supported": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS,
        "Microsoft Graph supports none of the queries by which this list can be read.",
        _MAINTAINERS, link=f"{LEARN}/graph/aad-advanced-queries",
    ),
    "request_refused": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS, "Microsoft Graph did not understand the request.",
        _MAINTAINERS, link=GRAPH_ERRORS,
    ),
    "request_not_accepted": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS,
        "The Graph address does not take requests of this form.",
        "Check PILOTAGE_GRAPH_URL and what stands in between: it may change requests.",
    ),
    "request_too_long": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS,
        "The request is longer than something on the way to Graph lets through.",
        "Allow addresses of 8 KB and headers of 16 KB in the proxy; then retry.",
    ),
    "graph_error": Entry(
        ERROR, Acts.PROVIDER, Effect.PART_FAILS,
        "Microsoft Graph refused the request for an unknown reason.", _SUPPORT, link=GRAPH_ERRORS,
    ),
}  # fmt: skip
