"""A fault as the control API takes it: what, where, when and how often."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import msgspec

AnswerKind = Literal[
    "throttle", "server_error", "slow", "hang", "drop", "truncated_json", "html_200",
    "wrong_content_type", "bom", "escaped_text", "huge_body", "other_body", "graph_error",
]  # fmt: skip
PageKind = Literal[
    "empty_page", "endless_pages", "nextlink_loop", "nextlink_foreign_host",
    "duplicate_items", "moved_items",
]  # fmt: skip
TokenKind = Literal["expired_delta", "expired_page_token", "strict_filter_paging"]
AccessKind = Literal["missing_licence", "permission_missing", "revoked_consent"]
IdentityKind = Literal[
    "application_disabled", "propagation_delay", "login_error", "tamper_id_token",
    "personal_account_passes", "token_of_another_tenant",
]  # fmt: skip
Kind = AnswerKind | PageKind | TokenKind | AccessKind | IdentityKind

Seconds = Annotated[float, msgspec.Meta(ge=0)]
AtLeastOne = Annotated[int, msgspec.Meta(ge=1)]


class Match(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Which requests; `path` is a regular expression found anywhere in path and query, unquoted."""

    path: str | None = None
    tenant_id: str | None = None
    client_id: str | None = None
    method: str | None = None


class Fault(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One fault. `since` and `until` are seconds after it was switched on.

    Of the requests that match, the first `skip` are spared, then each `every`-th is hit, with
    `probability` (from `seed`), at most `times` times.
    """

    kind: Kind
    id: str = ""
    match: Match = msgspec.field(default_factory=Match)
    times: AtLeastOne | None = None
    skip: Annotated[int, msgspec.Meta(ge=0)] = 0
    every: AtLeastOne = 1
    probability: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    seed: int = 1
    since: Seconds = msgspec.field(name="from", default=0)
    until: Seconds | None = None
    options: dict[str, Any] = {}

    def __post_init__(self) -> None:
        if self.match.path is not None:
            try:
                re.compile(self.match.path)
            except re.error as error:
                raise ValueError(f"match.path is no regular expression: {error}") from error
