"""Whether an access token is one of ours, alive and meant for Microsoft Graph."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, RSAKey

from microsoft365_simulator import clock
from microsoft365_simulator.graph.errors import GraphError, denied, invalid_token
from microsoft365_simulator.identity.token_endpoint import GRAPH_HOSTS
from microsoft365_simulator.tenants.principals import GRAPH_APP_ID
from microsoft365_simulator.world import World

_KEPT = 2000


class _Claims(msgspec.Struct):
    """The claims of an access token that Graph looks at."""

    aud: str
    tid: str
    exp: int
    appid: str
    idtyp: str = ""
    roles: list[str] = []


class Caller(NamedTuple):
    """Who calls: which application in which tenant, with which permissions, until when."""

    tenant_id: str
    client_id: str
    roles: frozenset[str]
    expires_at: int


class Bearer:
    """Reads bearer tokens; a token seen before costs no signature check."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: dict[str, Caller] = {}

    def caller(self, authorization: str | None, host: str) -> Caller:
        """Raises GraphError 401 for a missing, foreign, altered or expired token."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise invalid_token("Access token is empty.")
        caller = self._seen.get(token) or self._read(token, host)
        if caller.expires_at <= clock.now():
            raise invalid_token("Lifetime validation failed, the token is expired.")
        if self._world.tenant(caller.tenant_id) is None:
            raise GraphError(401, "Authorization_IdentityNotFound", "The identity is not found.")
        return caller

    def _read(self, token: str, host: str) -> Caller:
        if token.count(".") != 2:
            raise invalid_token("IDX14100: JWT is not well formed, there are no dots.")
        try:
            decoded = jwt.decode(token, self._key, algorithms=["RS256"])
            claims = msgspec.convert(decoded.claims, _Claims)
        except (JoseError, msgspec.ValidationError, ValueError) as error:
            raise invalid_token("Signature or claims of the access token are invalid.") from error
        if not self._is_for_graph(claims.aud, host):
            raise invalid_token("Access token validation failure. Invalid audience.")
        if claims.idtyp != "app":
            raise denied()
        caller = Caller(claims.tid, claims.appid, frozenset(claims.roles), claims.exp)
        if len(self._seen) >= _KEPT:
            self._seen.clear()
        self._seen[token] = caller
        return caller

    def _key(self, recipient: GuestProtocol) -> RSAKey:
        key = self._world.keys.find(str(recipient.headers().get("kid")))
        if key is None:
            raise ValueError("The token names a key that is not published.")
        return key.public

    def _is_for_graph(self, audience: str, host: str) -> bool:
        if audience == GRAPH_APP_ID:
            return True
        parts = urlsplit(audience)
        own = (host, urlsplit(self._world.https_url).netloc)
        return parts.hostname in GRAPH_HOSTS or parts.netloc in own
