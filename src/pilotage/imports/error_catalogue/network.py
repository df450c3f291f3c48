"""The way from this installation to Microsoft."""

from pilotage.imports.error_catalogue.entry import ERROR, Acts, Effect, Entries, Entry

_TRIED = "It is tried again by itself for up to two hours; retry after that."

NETWORK: Entries = {
    "graph_unreachable": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS, "Microsoft Graph could not be connected to.",
        f"Check the worker's network, firewall and proxy. {_TRIED}",
    ),
    "graph_name_unknown": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS,
        "The name of Microsoft Graph's address could not be looked up.",
        f"Check the worker's DNS, and PILOTAGE_GRAPH_URL. {_TRIED}",
    ),
    "graph_certificate_refused": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS,
        "The certificate of Microsoft Graph's address is not trusted.",
        f"If a proxy reads along, name its authority in SSL_CERT_FILE. {_TRIED}",
    ),
    "graph_certificate_expired": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS,
        "The certificate of Microsoft Graph's address is not valid at this time.",
        f"Check the worker's clock, and the proxy in between. {_TRIED}",
    ),
    "blocked_on_the_way": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS,
        "Something between the worker and Microsoft Graph refused the request.",
        "It is not Microsoft's answer: allow the Graph address in firewall and proxy; then retry.",
    ),
    "identity_unreachable": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS,
        "Microsoft's sign-in address could not be connected to.",
        f"Check the worker's network, DNS, firewall and proxy. {_TRIED}",
    ),
    "identity_certificate_refused": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS,
        "The certificate of Microsoft's sign-in address was not accepted.",
        "Check the worker's clock, and SSL_CERT_FILE if a proxy reads along; then retry.",
    ),
    "identity_answer_unreadable": Entry(
        ERROR, Acts.PROVIDER, Effect.RUN_FAILS,
        "Something else than Microsoft's sign-in service answered at its address.",
        f"Let the worker reach PILOTAGE_MICROSOFT_LOGIN_URL without a page between. {_TRIED}",
    ),
}  # fmt: skip
