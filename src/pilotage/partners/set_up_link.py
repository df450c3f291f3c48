"""The link with which a new operator chooses a password: derived, stored nowhere, single use."""

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings

from pilotage.kernel import clock
from pilotage.partners.models import Operator

VALID_FOR = timedelta(hours=24)
_SHAPE = re.compile(r"plo1_([A-Za-z0-9_-]{22})_([0-9]{10})_([A-Za-z0-9_-]{43})", re.ASCII)


def address_of(operator: Operator, *, expires_at: datetime) -> str:
    """The link; the token is in the fragment, which no server log sees."""
    return f"{settings.BASE_URL}/set-up#t={token_of(operator, expires_at=expires_at)}"


def token_of(operator: Operator, *, expires_at: datetime) -> str:
    """`plo1_<22 characters id>_<end, Unix seconds>_<43 characters HMAC-SHA256>`."""
    return _token(operator, int(expires_at.timestamp()))


def find_operator(token: str, *, for_update: bool = False) -> Operator | None:
    """The operator that a token is for, or None if it does not work (any more)."""
    token = token.strip()
    shape = _SHAPE.fullmatch(token)
    if shape is None:
        return None
    ident, end = shape[1], int(shape[2])
    rows = Operator.objects.select_for_update() if for_update else Operator.objects.all()
    operator = rows.filter(id=UUID(bytes=base64.urlsafe_b64decode(ident + "=="))).first()
    # The whole text is compared: base64 can write one id in several ways.
    if operator is None or not hmac.compare_digest(_token(operator, end), token):
        return None
    is_late = clock.now() >= datetime.fromtimestamp(end, UTC)
    return None if is_late or operator.set_up_at or not operator.is_active else operator


def _token(operator: Operator, end: int) -> str:
    ident = base64.urlsafe_b64encode(operator.id.bytes).decode().rstrip("=")
    return f"plo1_{ident}_{end}_{_mac(operator, end)}"


def _mac(operator: Operator, end: int) -> str:
    # The stored password is part of it: using the link, or asking for another one, changes that.
    key = hashlib.sha256(b"pilotage operator set-up\0" + settings.SECRET_KEY.encode()).digest()
    text = f"{operator.id}|{end}|{operator.password}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key, text, "sha256")).decode().rstrip("=")
