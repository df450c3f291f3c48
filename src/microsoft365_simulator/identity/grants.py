"""Authorization codes and refresh tokens that were given out."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from microsoft365_simulator import clock

CODE_SECONDS = 600


@dataclass(slots=True)
class Grant:
    """What someone allowed an application, until it is redeemed."""

    client_id: str
    tenant_id: str
    login: str
    scope: str
    redirect_uri: str = ""
    nonce: str | None = None
    code_challenge: str | None = None
    auth_time: int = 0
    wants_auth_time: bool = False
    is_redeemed: bool = False
    expires_at: int = field(default_factory=lambda: clock.now() + CODE_SECONDS)


class Grants:
    """Authorization codes, kept a while after their end so that a replay can be named one."""

    def __init__(self) -> None:
        self._codes: dict[str, Grant] = {}
        self._refresh_tokens: dict[str, Grant] = {}

    def new_code(self, grant: Grant) -> str:
        now = clock.now()
        self._codes = {c: g for c, g in self._codes.items() if g.expires_at + CODE_SECONDS > now}
        code = f"1.{secrets.token_urlsafe(48)}"
        self._codes[code] = grant
        return code

    def code(self, code: str) -> Grant | None:
        return self._codes.get(code)

    def new_refresh_token(self, grant: Grant) -> str:
        token = f"1.{secrets.token_urlsafe(64)}"
        self._refresh_tokens[token] = grant
        return token

    def refresh_token(self, token: str) -> Grant | None:
        return self._refresh_tokens.get(token)
