"""The secret of the “it was not us” link in the mail that tells of a connection; stored nowhere."""

import base64
import hashlib
import hmac
import re
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from pilotage.customers.models import TenantConnection

LIFE = timedelta(days=30)
_SHAPE = re.compile(r"pln1_([0-9a-f]{32})_([A-Za-z0-9_-]{43})", re.ASCII)


def token_of(connection: TenantConnection) -> str:
    """`pln1_<connection, 32 hex digits>_<43 characters HMAC-SHA256(server key, connection)>`."""
    return f"pln1_{connection.id.hex}_{_mac(connection.id)}"


def address_of(connection: TenantConnection) -> str:
    """The link; the token is in the fragment, which no server log sees."""
    return f"{settings.BASE_URL}/activate/not-us#t={token_of(connection)}"


def connection_id_of(token: str) -> UUID | None:
    """The connection that a token was made for, or None if this server has not made it."""
    found = _SHAPE.fullmatch(token.strip())
    if found is None:
        return None
    connection_id = UUID(found[1])
    return connection_id if hmac.compare_digest(_mac(connection_id), found[2]) else None


def _mac(connection_id: UUID) -> str:
    key = hashlib.sha256(b"pilotage not us link\0" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.digest(key, connection_id.bytes, "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
