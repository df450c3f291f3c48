"""The customer's account, the worker, and what follows from other errors."""

from pilotage.imports.error_catalogue.entry import (
    ERROR,
    INFO,
    WARNING,
    Acts,
    Effect,
    Entries,
    Entry,
    Remedy,
)

OWN: Entries = {
    "collector_needed": Entry(
        WARNING, Acts.NOBODY, Effect.PART_LEFT_OUT,
        "This needs another part of the import, which failed.", "See the error of that part.",
        Remedy.NONE,
    ),
    "worker_lost": Entry(
        INFO, Acts.NOBODY, Effect.GOES_ON,
        "The worker was lost in the middle; another one went on at the same page.",
        "Nothing to do. If it happens often, look into the worker's log and memory.", Remedy.NONE,
    ),
    "internal_error": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS,
        "The worker ended several times without reading a page.",
        "Look into the worker's log, database and disk; report it to Pilotage's maintainers.",
    ),
    "database_full": Entry(
        ERROR, Acts.PROVIDER, Effect.WAITS,
        "Pilotage's database has no room left. What was imported is kept.",
        "Make room on the database's disk; an import that waits then goes on by itself.",
        Remedy.WAIT,
    ),
    "database_unavailable": Entry(
        WARNING, Acts.PROVIDER, Effect.WAITS, "Pilotage's database broke off in the middle.",
        "Nothing to do if it happens once: the import goes on by itself. If it happens often, look "
        "into the database's log.", Remedy.WAIT,
    ),
    "not_connected": Entry(
        ERROR, Acts.PARTNER, Effect.RUN_FAILS, "The customer is no longer connected to a tenant.",
        "Send the activation link again.", Remedy.RECONSENT,
    ),
    "customer_suspended": Entry(
        WARNING, Acts.PARTNER, Effect.RUN_CANCELED,
        "The customer is suspended, so the import was stopped.", "Resume the customer; then retry.",
    ),
    "customer_expired": Entry(
        WARNING, Acts.PARTNER, Effect.RUN_CANCELED,
        "The customer's account has expired, so the import was stopped.",
        "Extend the trial or edit the customer; then retry.",
    ),
    "customer_terminated": Entry(
        WARNING, Acts.PARTNER, Effect.RUN_CANCELED,
        "The customer is terminated, so the import was stopped.",
        "Nothing is imported any more.", Remedy.NONE,
    ),
}  # fmt: skip
